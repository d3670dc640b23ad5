"""Screens of appointments: calendar and lists, one visit, planning."""
