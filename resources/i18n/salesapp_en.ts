<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>AppointmentPresenter</name>
    <message numerus="yes">
        <source>%n required elements are open</source>
        <translation>
            <numerusform>%n required element is open</numerusform>
            <numerusform>%n required elements are open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AppointmentsPage</name>
    <message numerus="yes">
        <source>%n appointments</source>
        <translation>
            <numerusform>%n appointment</numerusform>
            <numerusform>%n appointments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CartFoot</name>
    <message numerus="yes">
        <source>Cart: %n lines</source>
        <translation>
            <numerusform>Cart: %n line</numerusform>
            <numerusform>Cart: %n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CartPane</name>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChoiceSheet</name>
    <message numerus="yes">
        <source>%n drafts stay on this device until you confirm them.</source>
        <translation>
            <numerusform>%n draft stays on this device until you confirm it.</numerusform>
            <numerusform>%n drafts stay on this device until you confirm them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n records wait until you mend what was rejected: see My work.</source>
        <translation>
            <numerusform>%n record waits until you mend what was rejected: see My work.</numerusform>
            <numerusform>%n records wait until you mend what was rejected: see My work.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n records</source>
        <translation>
            <numerusform>%n record</numerusform>
            <numerusform>%n records</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n records rejected: see My work</source>
        <translation>
            <numerusform>%n record rejected: see My work</numerusform>
            <numerusform>%n records rejected: see My work</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Customers</name>
    <message numerus="yes">
        <source>%n addresses</source>
        <translation>
            <numerusform>%n address</numerusform>
            <numerusform>%n addresses</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contact persons</source>
        <translation>
            <numerusform>%n contact person</numerusform>
            <numerusform>%n contact persons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n promotions apply</source>
        <translation>
            <numerusform>%n promotion applies</numerusform>
            <numerusform>%n promotions apply</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Dashboard</name>
    <message numerus="yes">
        <source>%n drafts</source>
        <translation>
            <numerusform>%n draft</numerusform>
            <numerusform>%n drafts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n overdue</numerusform>
            <numerusform>%n overdue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FinishedView</name>
    <message numerus="yes">
        <source>See your %n receipts</source>
        <translation>
            <numerusform>See your receipt</numerusform>
            <numerusform>See your %n receipts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not accepted</source>
        <translation>
            <numerusform>%n not accepted</numerusform>
            <numerusform>%n not accepted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n still being checked</source>
        <translation>
            <numerusform>%n still being checked</numerusform>
            <numerusform>%n still being checked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n still wait on this device</source>
        <translation>
            <numerusform>%n still waits on this device</numerusform>
            <numerusform>%n still wait on this device</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show progress of all %n objects</source>
        <translation>
            <numerusform>Show progress of %n object</numerusform>
            <numerusform>Show progress of all %n objects</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message numerus="yes">
        <source>%n days old</source>
        <translation>
            <numerusform>%n day old</numerusform>
            <numerusform>%n days old</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ItemsPage</name>
    <message numerus="yes">
        <source>%n items</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LineSheet</name>
    <message numerus="yes">
        <source>A number with at most %n decimals</source>
        <translation>
            <numerusform>A number with at most %n decimal</numerusform>
            <numerusform>A number with at most %n decimals</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Logon</name>
    <message numerus="yes">
        <source>%n records are not sent yet</source>
        <translation>
            <numerusform>%n record is not sent yet</numerusform>
            <numerusform>%n records are not sent yet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Order</name>
    <message numerus="yes">
        <source>This unit is sold with at most %n decimals.</source>
        <translation>
            <numerusform>This unit is sold with at most %n decimal.</numerusform>
            <numerusform>This unit is sold with at most %n decimals.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>With your %n other drafts the credit limit is exceeded by {over} {currency}.</source>
        <translation>
            <numerusform>With your %n other draft the credit limit is exceeded by {over} {currency}.</numerusform>
            <numerusform>With your %n other drafts the credit limit is exceeded by {over} {currency}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OrderPage</name>
    <message numerus="yes">
        <source>%n prices have changed</source>
        <translation>
            <numerusform>%n price has changed</numerusform>
            <numerusform>%n prices have changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held back</source>
        <translation>
            <numerusform>%n held back</numerusform>
            <numerusform>%n held back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n records rejected</source>
        <translation>
            <numerusform>%n record rejected</numerusform>
            <numerusform>%n records rejected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rejected</source>
        <translation>
            <numerusform>%n rejected</numerusform>
            <numerusform>%n rejected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlanPage</name>
    <message numerus="yes">
        <source>%n customers</source>
        <translation>
            <numerusform>%n customer</numerusform>
            <numerusform>%n customers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreviewSheet</name>
    <message numerus="yes">
        <source>%n appointments</source>
        <translation>
            <numerusform>%n appointment</numerusform>
            <numerusform>%n appointments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Receipt</name>
    <message numerus="yes">
        <source>%n elements</source>
        <translation>
            <numerusform>%n element</numerusform>
            <numerusform>%n elements</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Reports</name>
    <message numerus="yes">
        <source>%n customers</source>
        <translation>
            <numerusform>%n customer</numerusform>
            <numerusform>%n customers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fewer</source>
        <translation>
            <numerusform>%n fewer</numerusform>
            <numerusform>%n fewer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n items</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n months</source>
        <translation>
            <numerusform>%n month</numerusform>
            <numerusform>%n months</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders</source>
        <translation>
            <numerusform>%n order</numerusform>
            <numerusform>%n orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders count by a later rate of their currency.</source>
        <translation>
            <numerusform>%n order counts by a later rate of its currency.</numerusform>
            <numerusform>%n orders count by a later rate of their currency.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders in {currencies} are left out: the ERP sends no rate.</source>
        <translation>
            <numerusform>%n order in {currencies} is left out: the ERP sends no rate.</numerusform>
            <numerusform>%n orders in {currencies} are left out: the ERP sends no rate.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders that the ERP does not have yet are included.</source>
        <translation>
            <numerusform>%n order that the ERP does not have yet is included.</numerusform>
            <numerusform>%n orders that the ERP does not have yet are included.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n weeks</source>
        <translation>
            <numerusform>%n week</numerusform>
            <numerusform>%n weeks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n working days</source>
        <translation>
            <numerusform>%n working day</numerusform>
            <numerusform>%n working days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n years</source>
        <translation>
            <numerusform>%n year</numerusform>
            <numerusform>%n years</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not ordered for %n weeks</source>
        <translation>
            <numerusform>Not ordered for %n week</numerusform>
            <numerusform>Not ordered for %n weeks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message numerus="yes">
        <source>%n sections to go</source>
        <translation>
            <numerusform>%n section to go</numerusform>
            <numerusform>%n sections to go</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held back</source>
        <translation>
            <numerusform>%n held back</numerusform>
            <numerusform>%n held back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Try %n objects again</source>
        <translation>
            <numerusform>Try %n object again</numerusform>
            <numerusform>Try %n objects again</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Synchro</name>
    <message numerus="yes">
        <source>%n objects failed</source>
        <translation>
            <numerusform>%n object failed</numerusform>
            <numerusform>%n objects failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TravelPage</name>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message numerus="yes">
        <source>%n objects failed.</source>
        <translation>
            <numerusform>%n object failed.</numerusform>
            <numerusform>%n objects failed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n objects wait for them.</source>
        <translation>
            <numerusform>%n object waits for it.</numerusform>
            <numerusform>%n objects wait for them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n records are still rejected</source>
        <translation>
            <numerusform>%n record is still rejected</numerusform>
            <numerusform>%n records are still rejected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n records were not accepted</source>
        <translation>
            <numerusform>%n record was not accepted</numerusform>
            <numerusform>%n records were not accepted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VisitPage</name>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n photo</numerusform>
            <numerusform>%n photos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n required elements are still open.</source>
        <translation>
            <numerusform>%n required element is still open.</numerusform>
            <numerusform>%n required elements are still open.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Visits</name>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message numerus="yes">
        <source>%n appointments</source>
        <translation>
            <numerusform>%n appointment</numerusform>
            <numerusform>%n appointments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n customers</source>
        <translation>
            <numerusform>%n customer</numerusform>
            <numerusform>%n customers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n documents</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n travel entries</source>
        <translation>
            <numerusform>%n travel entry</numerusform>
            <numerusform>%n travel entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WeekGrid</name>
    <message numerus="yes">
        <source>%n appointments</source>
        <translation>
            <numerusform>%n appointment</numerusform>
            <numerusform>%n appointments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n overdue</numerusform>
            <numerusform>%n overdue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WorkPage</name>
    <message numerus="yes">
        <source>%n documents</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n records on this device</source>
        <translation>
            <numerusform>%n record on this device</numerusform>
            <numerusform>%n records on this device</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n records sent after the backup came back from the gateway.</source>
        <translation>
            <numerusform>%n record sent after the backup came back from the gateway.</numerusform>
            <numerusform>%n records sent after the backup came back from the gateway.</numerusform>
        </translation>
    </message>
</context>
</TS>
