"""Appointments: calendar and lists, a visit's page, planning."""
