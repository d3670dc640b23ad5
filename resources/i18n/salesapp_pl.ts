<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="pl">
<context>
    <name>AddSheet</name>
    <message>
        <source>Description</source>
        <translation>Opis</translation>
    </message>
    <message>
        <source>Send to the ERP</source>
        <translation>Wyślij do ERP</translation>
    </message>
    <message>
        <source>Make the picture smaller</source>
        <translation>Zmniejsz obraz</translation>
    </message>
    <message>
        <source>Keep where it was taken</source>
        <translation>Zachowaj miejsce wykonania</translation>
    </message>
    <message>
        <source>It is larger than 3 MB and cannot be made smaller here. It is not added.</source>
        <translation>Ma ponad 3 MB i nie można go tu zmniejszyć. Nie zostanie dodany.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Dodaj</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anuluj</translation>
    </message>
</context>
<context>
    <name>Ages</name>
    <message>
        <source>prices and stock {age}</source>
        <translation>ceny i stany {age}</translation>
    </message>
    <message>
        <source>prices {age}</source>
        <translation>ceny {age}</translation>
    </message>
    <message>
        <source>stock {age}</source>
        <translation>stany {age}</translation>
    </message>
</context>
<context>
    <name>App</name>
    <message>
        <source>Saved</source>
        <translation>Zapisano</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
</context>
<context>
    <name>AppointmentPresenter</name>
    <message numerus="yes">
        <source>%n required elements are open</source>
        <translation>
            <numerusform>%n wymagany element czeka</numerusform>
            <numerusform>%n wymagane elementy czekają</numerusform>
            <numerusform>%n wymaganych elementów czeka</numerusform>
        </translation>
    </message>
    <message>
        <source>The visit can end like this, with a reason.</source>
        <translation>Wizyta może się tak zakończyć, z podaniem powodu.</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Zakończ</translation>
    </message>
    <message>
        <source>The visit does not take place, or not to its end. The office sees the reason.</source>
        <translation>Wizyta się nie odbędzie albo nie do końca. Biuro zobaczy powód.</translation>
    </message>
    <message>
        <source>Reject this visit?</source>
        <translation>Odrzucić tę wizytę?</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Odrzuć</translation>
    </message>
    <message>
        <source>The appointment leaves the calendar. The office sees the reason.</source>
        <translation>Wizyta zniknie z kalendarza. Biuro zobaczy powód.</translation>
    </message>
    <message>
        <source>Cancel this appointment?</source>
        <translation>Anulować tę wizytę?</translation>
    </message>
    <message>
        <source>Cancel the appointment</source>
        <translation>Anuluj wizytę</translation>
    </message>
    <message>
        <source>Copy to another time</source>
        <translation>Kopiuj na inny termin</translation>
    </message>
    <message>
        <source>Move to another time</source>
        <translation>Przełóż na inny termin</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopiuj</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Przełóż</translation>
    </message>
    <message>
        <source>Reschedule</source>
        <translation>Przełóż</translation>
    </message>
    <message>
        <source>Suspend: go on later</source>
        <translation>Wstrzymaj: dokończ później</translation>
    </message>
    <message>
        <source>Edit again</source>
        <translation>Edytuj ponownie</translation>
    </message>
    <message>
        <source>Directions</source>
        <translation>Dojazd</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Więcej</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Załączniki</translation>
    </message>
</context>
<context>
    <name>AppointmentsPage</name>
    <message>
        <source>Appointments</source>
        <translation>Wizyty</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Miesiąc</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Tydzień</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Dzień</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>Kalendarz</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>Wcześniej</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Później</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Dzisiaj</translation>
    </message>
    <message>
        <source>Choose a date</source>
        <translation>Wybierz datę</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Zaplanuj</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>Zaplanowane</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>Zakończone</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>Po terminie</translation>
    </message>
    <message>
        <source>Nothing is planned</source>
        <translation>Nic nie zaplanowano</translation>
    </message>
    <message>
        <source>Nothing is overdue</source>
        <translation>Nic nie jest po terminie</translation>
    </message>
    <message>
        <source>Nothing is completed yet</source>
        <translation>Nic jeszcze nie zakończono</translation>
    </message>
    <message>
        <source>Appointments of the office appear after a sync; “Plan” adds your own.</source>
        <translation>Wizyty z biura pojawią się po synchronizacji; „Zaplanuj” dodaje własne.</translation>
    </message>
    <message>
        <source>Every appointment up to now is completed, rejected or moved.</source>
        <translation>Wszystkie dotychczasowe wizyty są zakończone, odrzucone albo przełożone.</translation>
    </message>
    <message numerus="yes">
        <source>%n appointments</source>
        <translation>
            <numerusform>%n wizyta</numerusform>
            <numerusform>%n wizyty</numerusform>
            <numerusform>%n wizyt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Areas</name>
    <message>
        <source>Appointments</source>
        <translation>Wizyty</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Kontrahenci</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>Towary</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumenty</translation>
    </message>
    <message>
        <source>My work</source>
        <translation>Moja praca</translation>
    </message>
    <message>
        <source>Promotions</source>
        <translation>Promocje</translation>
    </message>
    <message>
        <source>Travel</source>
        <translation>Przejazdy</translation>
    </message>
    <message>
        <source>Synchro</source>
        <translation>Synchro</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ustawienia</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Raporty</translation>
    </message>
</context>
<context>
    <name>AttachmentSheets</name>
    <message>
        <source>Choose a file</source>
        <translation>Wybierz plik</translation>
    </message>
    <message>
        <source>It is on its way already</source>
        <translation>Jest już w drodze</translation>
    </message>
    <message>
        <source>Sending has begun, so the file cannot be taken back any more. Nothing was changed.</source>
        <translation>Wysyłanie się zaczęło, więc pliku nie można już cofnąć. Nic się nie zmieniło.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>Zapisz kopię</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Zapisano</translation>
    </message>
</context>
<context>
    <name>BugSheet</name>
    <message>
        <source>The app made a mistake</source>
        <translation>Aplikacja popełniła błąd</translation>
    </message>
    <message>
        <source>Your data are safe and you can go on. A report helps to mend it.</source>
        <translation>Dane są bezpieczne i można pracować dalej. Raport pomoże usunąć błąd.</translation>
    </message>
    <message>
        <source>Save a report</source>
        <translation>Zapisz raport</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Kontynuuj</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Skopiowano</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Kopiuj szczegóły</translation>
    </message>
</context>
<context>
    <name>CameraSheet</name>
    <message>
        <source>Take a photo</source>
        <translation>Zrób zdjęcie</translation>
    </message>
    <message>
        <source>Open the camera</source>
        <translation>Otwórz aparat</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anuluj</translation>
    </message>
    <message>
        <source>The camera is open. The picture that you take comes here by itself.</source>
        <translation>Aparat jest otwarty. Zrobione zdjęcie trafi tu samo.</translation>
    </message>
    <message>
        <source>The camera app did not open.</source>
        <translation>Aplikacja aparatu nie otworzyła się.</translation>
    </message>
    <message>
        <source>On this system the app cannot open a camera.</source>
        <translation>W tym systemie aplikacja nie może otworzyć aparatu.</translation>
    </message>
    <message>
        <source>Take the photo with another program: a new picture in {folder} comes here by itself.</source>
        <translation>Zrób zdjęcie innym programem: nowe zdjęcie w folderze {folder} trafi tu samo.</translation>
    </message>
</context>
<context>
    <name>CartDelegate</name>
    <message>
        <source>no price</source>
        <translation>brak ceny</translation>
    </message>
    <message>
        <source>{quantity} free</source>
        <translation>{quantity} gratis</translation>
    </message>
</context>
<context>
    <name>CartFoot</name>
    <message numerus="yes">
        <source>Cart: %n lines</source>
        <translation>
            <numerusform>Koszyk: %n pozycja</numerusform>
            <numerusform>Koszyk: %n pozycje</numerusform>
            <numerusform>Koszyk: %n pozycji</numerusform>
        </translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Zatwierdź</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Szkic</translation>
    </message>
    <message>
        <source>last: {name}</source>
        <translation>ostatnio: {name}</translation>
    </message>
    <message>
        <source>net {net}</source>
        <translation>{net} netto</translation>
    </message>
</context>
<context>
    <name>CartPane</name>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n pozycja</numerusform>
            <numerusform>%n pozycje</numerusform>
            <numerusform>%n pozycji</numerusform>
        </translation>
    </message>
    <message>
        <source>Cart</source>
        <translation>Koszyk</translation>
    </message>
    <message>
        <source>Nothing yet. Tap plus beside an item, type a quantity, or scan.</source>
        <translation>Jeszcze nic. Dotknij plusa przy towarze, wpisz ilość lub zeskanuj.</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Zatwierdź</translation>
    </message>
    <message>
        <source>Save draft</source>
        <translation>Zapisz szkic</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Więcej</translation>
    </message>
    <message>
        <source>Net</source>
        <translation>Netto</translation>
    </message>
    <message>
        <source>VAT {percent} % of {net}</source>
        <translation>VAT {percent} % od {net}</translation>
    </message>
    <message>
        <source>Gross</source>
        <translation>Brutto</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>jeszcze %n</numerusform>
            <numerusform>jeszcze %n</numerusform>
            <numerusform>jeszcze %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Close the cart</source>
        <translation>Zamknij koszyk</translation>
    </message>
    <message>
        <source>The same as last time</source>
        <translation>To samo co ostatnio</translation>
    </message>
    <message>
        <source>Discount of the document {percent} %</source>
        <translation>Rabat dokumentu {percent} %</translation>
    </message>
    <message>
        <source>Payment form {percent}</source>
        <translation>Forma płatności {percent}</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Podpis</translation>
    </message>
    <message>
        <source>Signed by {name}</source>
        <translation>Podpis: {name}</translation>
    </message>
</context>
<context>
    <name>Catalogue</name>
    <message>
        <source>Directories</source>
        <comment>directories</comment>
        <translation>Słowniki</translation>
    </message>
    <message>
        <source>Items</source>
        <comment>items</comment>
        <translation>Towary</translation>
    </message>
    <message>
        <source>Customers</source>
        <comment>customers</comment>
        <translation>Kontrahenci</translation>
    </message>
    <message>
        <source>Appointments</source>
        <comment>appointments</comment>
        <translation>Wizyty</translation>
    </message>
    <message>
        <source>Documents</source>
        <comment>documents</comment>
        <translation>Dokumenty</translation>
    </message>
    <message>
        <source>Promotions</source>
        <comment>promotions</comment>
        <translation>Promocje</translation>
    </message>
    <message>
        <source>Additional Information</source>
        <comment>additional_information</comment>
        <translation>Informacje dodatkowe</translation>
    </message>
    <message>
        <source>Attachments</source>
        <comment>attachments</comment>
        <translation>Załączniki</translation>
    </message>
    <message>
        <source>Units</source>
        <comment>directories.units</comment>
        <translation>Jednostki</translation>
    </message>
    <message>
        <source>Warehouses</source>
        <comment>directories.warehouses</comment>
        <translation>Magazyny</translation>
    </message>
    <message>
        <source>Price Types</source>
        <comment>directories.price_types</comment>
        <translation>Typy cen</translation>
    </message>
    <message>
        <source>VAT Rates</source>
        <comment>directories.vat_rates</comment>
        <translation>Stawki VAT</translation>
    </message>
    <message>
        <source>Payment Forms</source>
        <comment>directories.payment_forms</comment>
        <translation>Formy płatności</translation>
    </message>
    <message>
        <source>Vehicles</source>
        <comment>directories.vehicles</comment>
        <translation>Pojazdy</translation>
    </message>
    <message>
        <source>Travel Types</source>
        <comment>directories.travel_types</comment>
        <translation>Rodzaje przejazdów</translation>
    </message>
    <message>
        <source>Currencies</source>
        <comment>directories.currencies</comment>
        <translation>Waluty</translation>
    </message>
    <message>
        <source>Types of Prices and Discounts</source>
        <comment>directories.price_discount_types</comment>
        <translation>Typy cen i rabatów</translation>
    </message>
    <message>
        <source>Global Price Configuration</source>
        <comment>directories.global_price_configuration</comment>
        <translation>Globalna konfiguracja cen</translation>
    </message>
    <message>
        <source>Forms</source>
        <comment>items.forms</comment>
        <translation>Karty towarów</translation>
    </message>
    <message>
        <source>Units</source>
        <comment>items.units</comment>
        <translation>Jednostki</translation>
    </message>
    <message>
        <source>Prices</source>
        <comment>items.prices</comment>
        <translation>Ceny</translation>
    </message>
    <message>
        <source>Resources</source>
        <comment>items.resources</comment>
        <translation>Zasoby</translation>
    </message>
    <message>
        <source>Groups</source>
        <comment>items.groups</comment>
        <translation>Grupy</translation>
    </message>
    <message>
        <source>Groups Links</source>
        <comment>items.group_links</comment>
        <translation>Powiązania grup</translation>
    </message>
    <message>
        <source>Customers</source>
        <comment>customers.customers</comment>
        <translation>Kontrahenci</translation>
    </message>
    <message>
        <source>Appointment Types</source>
        <comment>appointments.types</comment>
        <translation>Typy wizyt</translation>
    </message>
    <message>
        <source>Appointment Templates</source>
        <comment>appointments.templates</comment>
        <translation>Szablony wizyt</translation>
    </message>
    <message>
        <source>Appointments</source>
        <comment>appointments.appointments</comment>
        <translation>Wizyty</translation>
    </message>
    <message>
        <source>Numerators</source>
        <comment>documents.numerators</comment>
        <translation>Numeratory</translation>
    </message>
    <message>
        <source>Headers</source>
        <comment>promotions.headers</comment>
        <translation>Nagłówki</translation>
    </message>
    <message>
        <source>Items</source>
        <comment>promotions.items</comment>
        <translation>Pozycje</translation>
    </message>
    <message>
        <source>Attributes Definitions</source>
        <comment>additional_information.attribute_definitions</comment>
        <translation>Definicje atrybutów</translation>
    </message>
    <message>
        <source>Attributes Values</source>
        <comment>additional_information.attribute_values</comment>
        <translation>Wartości atrybutów</translation>
    </message>
    <message>
        <source>Images</source>
        <comment>attachments.images</comment>
        <translation>Zdjęcia</translation>
    </message>
    <message>
        <source>Profile</source>
        <comment>auxiliary.profiles</comment>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Document States</source>
        <comment>auxiliary.document_states</comment>
        <translation>Stany dokumentów</translation>
    </message>
    <message>
        <source>Documents</source>
        <comment>auxiliary.documents</comment>
        <translation>Dokumenty</translation>
    </message>
    <message>
        <source>Targets</source>
        <comment>auxiliary.targets</comment>
        <translation>Cele</translation>
    </message>
    <message>
        <source>Company</source>
        <comment>auxiliary.company</comment>
        <translation>Firma</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Synchro, {percent} done</source>
        <translation>Synchro, wykonano {percent}</translation>
    </message>
    <message>
        <source>Synchro, {text}</source>
        <translation>Synchro, {text}</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Synchro, last good synchronization {text}</source>
        <translation>Synchro, ostatnia poprawna synchronizacja {text}</translation>
    </message>
    <message>
        <source>Not synchronized</source>
        <translation>Brak synchronizacji</translation>
    </message>
</context>
<context>
    <name>ChoiceSheet</name>
    <message>
        <source>Synchro</source>
        <translation>Synchro</translation>
    </message>
    <message>
        <source>Gateway reachable</source>
        <translation>Brama dostępna</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Needs a network: the gateway does not answer</source>
        <translation>Wymaga sieci: brama nie odpowiada</translation>
    </message>
    <message>
        <source>Sends your work, then gets current data and pictures</source>
        <translation>Wysyła Twoją pracę, potem pobiera bieżące dane i zdjęcia</translation>
    </message>
    <message>
        <source>Sends the same, gets current data; pictures stay as they are</source>
        <translation>Wysyła to samo, pobiera dane; zdjęcia pozostają bez zmian</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Wszystko</translation>
    </message>
    <message>
        <source>All without attachments</source>
        <translation>Wszystko bez załączników</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anuluj</translation>
    </message>
    <message>
        <source>Back to the main screen, nothing is sent</source>
        <translation>Powrót do ekranu głównego, nic nie jest wysyłane</translation>
    </message>
    <message numerus="yes">
        <source>%n drafts stay on this device until you confirm them.</source>
        <translation>
            <numerusform>%n szkic pozostaje na urządzeniu do zatwierdzenia.</numerusform>
            <numerusform>%n szkice pozostają na urządzeniu do zatwierdzenia.</numerusform>
            <numerusform>%n szkiców pozostaje na urządzeniu do zatwierdzenia.</numerusform>
        </translation>
    </message>
    <message>
        <source>Last good synchronization</source>
        <translation>Ostatnia poprawna synchronizacja</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>Czeka na wysłanie</translation>
    </message>
    <message>
        <source>Never yet</source>
        <translation>Jeszcze nigdy</translation>
    </message>
    <message>
        <source>This is the first one</source>
        <translation>To będzie pierwsza</translation>
    </message>
    <message>
        <source>Last try: {outcome}</source>
        <translation>Ostatnia próba: {outcome}</translation>
    </message>
    <message numerus="yes">
        <source>%n records</source>
        <translation>
            <numerusform>%n rekord</numerusform>
            <numerusform>%n rekordy</numerusform>
            <numerusform>%n rekordów</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nic</translation>
    </message>
    <message>
        <source>last time {time}</source>
        <translation>ostatnio {time}</translation>
    </message>
    <message numerus="yes">
        <source>%n records wait until you mend what was rejected: see My work.</source>
        <translation>
            <numerusform>%n rekord czeka, aż poprawisz to, co odrzucono: zobacz Moją pracę.</numerusform>
            <numerusform>%n rekordy czekają, aż poprawisz to, co odrzucono: zobacz Moją pracę.</numerusform>
            <numerusform>%n rekordów czeka, aż poprawisz to, co odrzucono: zobacz Moją pracę.</numerusform>
        </translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Jeszcze nie wiadomo</translation>
    </message>
    <message numerus="yes">
        <source>%n records rejected: see My work</source>
        <translation>
            <numerusform>%n rekord odrzucony: zobacz Moja praca</numerusform>
            <numerusform>%n rekordy odrzucone: zobacz Moja praca</numerusform>
            <numerusform>%n rekordów odrzuconych: zobacz Moja praca</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Choices</name>
    <message>
        <source>active</source>
        <translation>aktywny</translation>
    </message>
    <message>
        <source>amount</source>
        <translation>kwota</translation>
    </message>
    <message>
        <source>benefit</source>
        <translation>korzyść</translation>
    </message>
    <message>
        <source>block</source>
        <translation>blokuj</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>zablokowany</translation>
    </message>
    <message>
        <source>canceled</source>
        <translation>anulowano</translation>
    </message>
    <message>
        <source>card</source>
        <translation>karta</translation>
    </message>
    <message>
        <source>cash</source>
        <translation>gotówka</translation>
    </message>
    <message>
        <source>company</source>
        <translation>firma</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>zrealizowano</translation>
    </message>
    <message>
        <source>condition</source>
        <translation>warunek</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>potwierdzono</translation>
    </message>
    <message>
        <source>customer</source>
        <translation>kontrahent</translation>
    </message>
    <message>
        <source>customer_class_item</source>
        <translation>klasa kontrahenta i towar</translation>
    </message>
    <message>
        <source>customer_class_item_group</source>
        <translation>klasa kontrahenta i grupa towarów</translation>
    </message>
    <message>
        <source>customer_item</source>
        <translation>kontrahent i towar</translation>
    </message>
    <message>
        <source>customer_item_group</source>
        <translation>kontrahent i grupa towarów</translation>
    </message>
    <message>
        <source>date</source>
        <translation>data</translation>
    </message>
    <message>
        <source>decimal</source>
        <translation>liczba dziesiętna</translation>
    </message>
    <message>
        <source>diesel</source>
        <translation>olej napędowy</translation>
    </message>
    <message>
        <source>discount</source>
        <translation>rabat</translation>
    </message>
    <message>
        <source>electric</source>
        <translation>elektryczny</translation>
    </message>
    <message>
        <source>fixed_price</source>
        <translation>cena stała</translation>
    </message>
    <message>
        <source>free_goods</source>
        <translation>towar gratis</translation>
    </message>
    <message>
        <source>goods</source>
        <translation>towar</translation>
    </message>
    <message>
        <source>hybrid</source>
        <translation>hybryda</translation>
    </message>
    <message>
        <source>ignore</source>
        <translation>ignoruj</translation>
    </message>
    <message>
        <source>in_erp</source>
        <translation>w ERP</translation>
    </message>
    <message>
        <source>item</source>
        <translation>towar</translation>
    </message>
    <message>
        <source>item_group</source>
        <translation>grupa towarów</translation>
    </message>
    <message>
        <source>length</source>
        <translation>długość</translation>
    </message>
    <message>
        <source>local</source>
        <translation>lokalny</translation>
    </message>
    <message>
        <source>lpg</source>
        <translation>LPG</translation>
    </message>
    <message>
        <source>month</source>
        <translation>miesiąc</translation>
    </message>
    <message>
        <source>none</source>
        <translation>brak</translation>
    </message>
    <message>
        <source>other</source>
        <translation>inna</translation>
    </message>
    <message>
        <source>packaging</source>
        <translation>opakowanie</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>oczekuje</translation>
    </message>
    <message>
        <source>percent</source>
        <translation>procent</translation>
    </message>
    <message>
        <source>person</source>
        <translation>osoba fizyczna</translation>
    </message>
    <message>
        <source>petrol</source>
        <translation>benzyna</translation>
    </message>
    <message>
        <source>prospect</source>
        <translation>potencjalny</translation>
    </message>
    <message>
        <source>quantity</source>
        <translation>ilość</translation>
    </message>
    <message>
        <source>received</source>
        <translation>odebrano</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>odrzucono</translation>
    </message>
    <message>
        <source>remote</source>
        <translation>zdalny</translation>
    </message>
    <message>
        <source>replacement_price</source>
        <translation>cena zastępcza</translation>
    </message>
    <message>
        <source>sales_order</source>
        <translation>zamówienie sprzedaży</translation>
    </message>
    <message>
        <source>sales_quote</source>
        <translation>oferta sprzedaży</translation>
    </message>
    <message>
        <source>selection</source>
        <translation>lista wyboru</translation>
    </message>
    <message>
        <source>service</source>
        <translation>usługa</translation>
    </message>
    <message>
        <source>set</source>
        <translation>komplet</translation>
    </message>
    <message>
        <source>surcharge</source>
        <translation>narzut</translation>
    </message>
    <message>
        <source>suspended</source>
        <translation>wstrzymano</translation>
    </message>
    <message>
        <source>text</source>
        <translation>tekst</translation>
    </message>
    <message>
        <source>time</source>
        <translation>czas</translation>
    </message>
    <message>
        <source>transfer</source>
        <translation>przelew</translation>
    </message>
    <message>
        <source>unconfirmed</source>
        <translation>nie potwierdzono</translation>
    </message>
    <message>
        <source>url</source>
        <translation>adres URL</translation>
    </message>
    <message>
        <source>value</source>
        <translation>wartość</translation>
    </message>
    <message>
        <source>volume</source>
        <translation>objętość</translation>
    </message>
    <message>
        <source>warn</source>
        <translation>ostrzegaj</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>masa</translation>
    </message>
    <message>
        <source>year</source>
        <translation>rok</translation>
    </message>
    <message>
        <source>bundle</source>
        <translation>zestaw</translation>
    </message>
    <message>
        <source>domestic</source>
        <translation>krajowa</translation>
    </message>
    <message>
        <source>exempt</source>
        <translation>zwolniona z VAT</translation>
    </message>
    <message>
        <source>export</source>
        <translation>eksport</translation>
    </message>
    <message>
        <source>intra_eu</source>
        <translation>wewnątrzunijna</translation>
    </message>
    <message>
        <source>reverse_charge</source>
        <translation>odwrotne obciążenie</translation>
    </message>
    <message>
        <source>sales_return</source>
        <translation>zwrot</translation>
    </message>
</context>
<context>
    <name>ConflictCard</name>
    <message>
        <source>The office changed this customer as well</source>
        <translation>Biuro też zmieniło tego kontrahenta</translation>
    </message>
    <message>
        <source>Choose whose value is to hold. Only fields that stay yours are sent.</source>
        <translation>Wybierz, czyja wartość ma obowiązywać. Wysyłane są tylko pola, w których zostaje Twoja.</translation>
    </message>
    <message>
        <source>What gives way where both changed a field stays readable on the customer&apos;s card.</source>
        <translation>Wartość, która ustąpiła, choć pole zmieniły obie strony, można nadal przeczytać na karcie kontrahenta.</translation>
    </message>
    <message>
        <source>changed by both</source>
        <translation>zmienione przez obie strony</translation>
    </message>
    <message>
        <source>changed by you</source>
        <translation>zmienione przez Ciebie</translation>
    </message>
    <message>
        <source>changed in the office</source>
        <translation>zmienione w biurze</translation>
    </message>
    <message>
        <source>Yours, {time}</source>
        <translation>Twoja, {time}</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Twoja</translation>
    </message>
    <message>
        <source>The office&apos;s, since {time}</source>
        <translation>Z biura, od {time}</translation>
    </message>
    <message>
        <source>The office&apos;s</source>
        <translation>Z biura</translation>
    </message>
</context>
<context>
    <name>CustomerForm</name>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
    <message>
        <source>It is on its way to the gateway. Edit it again after the next synchronization.</source>
        <translation>Zmiana jest już w drodze do bramy. Popraw ją po następnej synchronizacji.</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>Nowy kontrahent</translation>
    </message>
    <message>
        <source>Change of {name}</source>
        <translation>Zmiana: {name}</translation>
    </message>
    <message>
        <source>Notes for the office</source>
        <translation>Uwagi dla biura</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anuluj</translation>
    </message>
    <message>
        <source>This customer is no longer there</source>
        <translation>Tego kontrahenta już nie ma</translation>
    </message>
    <message>
        <source>The last synchronization took it away: the ERP does not have it any more.</source>
        <translation>Zniknął po ostatniej synchronizacji: system ERP już go nie ma.</translation>
    </message>
    <message>
        <source>Fields with * are needed. It is sent with the next synchronization.</source>
        <translation>Pola z * są wymagane. Zapis wyjdzie przy następnej synchronizacji.</translation>
    </message>
    <message>
        <source>set by the ERP</source>
        <translation>ustala ERP</translation>
    </message>
    <message>
        <source>The office&apos;s version is not on this device yet</source>
        <translation>Wersji z biura nie ma jeszcze na urządzeniu</translation>
    </message>
    <message>
        <source>Synchronize, then open the change again: both versions are shown then.</source>
        <translation>Zsynchronizuj i otwórz zmianę ponownie: zobaczysz wtedy obie wersje.</translation>
    </message>
    <message>
        <source>Who it is</source>
        <translation>Kto to jest</translation>
    </message>
    <message>
        <source>Main address</source>
        <translation>Adres główny</translation>
    </message>
    <message>
        <source>How to reach it</source>
        <translation>Kontakt</translation>
    </message>
    <message>
        <source>Contact person</source>
        <translation>Osoba kontaktowa</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>Warunki</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Uwagi</translation>
    </message>
    <message>
        <source>none</source>
        <translation>brak</translation>
    </message>
    <message>
        <source>Save all the same</source>
        <translation>Zapisz mimo to</translation>
    </message>
    <message>
        <source>Save the customer</source>
        <translation>Zapisz kontrahenta</translation>
    </message>
</context>
<context>
    <name>CustomerOverview</name>
    <message>
        <source>Notes</source>
        <translation>Uwagi</translation>
    </message>
    <message>
        <source>New, {state}</source>
        <translation>Nowy, {state}</translation>
    </message>
    <message>
        <source>Your change: {state}</source>
        <translation>Twoja zmiana: {state}</translation>
    </message>
    <message>
        <source>Blocked in the ERP</source>
        <translation>Zablokowany w ERP</translation>
    </message>
    <message>
        <source>payer: {name}</source>
        <translation>płatnik: {name}</translation>
    </message>
    <message>
        <source>pays for itself</source>
        <translation>płaci sam</translation>
    </message>
    <message>
        <source>No address</source>
        <translation>Brak adresu</translation>
    </message>
    <message>
        <source>No phone</source>
        <translation>Brak telefonu</translation>
    </message>
    <message>
        <source>Terms of the default list</source>
        <translation>Warunki domyślne</translation>
    </message>
    <message>
        <source>Values that gave way</source>
        <translation>Wartości, które ustąpiły</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adresy</translation>
    </message>
    <message>
        <source>Directions</source>
        <translation>Trasa</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>Kontakty</translation>
    </message>
    <message>
        <source>Terms</source>
        <translation>Warunki</translation>
    </message>
    <message>
        <source>Payment form</source>
        <translation>Forma płatności</translation>
    </message>
    <message>
        <source>Price list</source>
        <translation>Cennik</translation>
    </message>
    <message>
        <source>default list</source>
        <translation>cennik domyślny</translation>
    </message>
    <message>
        <source>General discount</source>
        <translation>Rabat ogólny</translation>
    </message>
    <message>
        <source>Customer class</source>
        <translation>Klasa kontrahenta</translation>
    </message>
    <message>
        <source>Payer</source>
        <translation>Płatnik</translation>
    </message>
    <message>
        <source>Open the payer</source>
        <translation>Otwórz płatnika</translation>
    </message>
    <message>
        <source>Promotions</source>
        <translation>Promocje</translation>
    </message>
    <message>
        <source>No promotion applies today</source>
        <translation>Dziś nie działa żadna promocja</translation>
    </message>
    <message>
        <source>Tax class</source>
        <translation>Klasa podatkowa</translation>
    </message>
    <message>
        <source>Merged into {name}, who gets the orders</source>
        <translation>Połączony z: {name}, do którego trafiają zamówienia</translation>
    </message>
</context>
<context>
    <name>CustomerPage</name>
    <message>
        <source>Take the star away</source>
        <translation>Usuń gwiazdkę</translation>
    </message>
    <message>
        <source>Give a star</source>
        <translation>Dodaj gwiazdkę</translation>
    </message>
    <message>
        <source>Edit the customer</source>
        <translation>Edytuj kontrahenta</translation>
    </message>
    <message>
        <source>New visit</source>
        <translation>Nowa wizyta</translation>
    </message>
    <message>
        <source>New quote</source>
        <translation>Nowa oferta</translation>
    </message>
    <message>
        <source>New order</source>
        <translation>Nowe zamówienie</translation>
    </message>
    <message>
        <source>Last order {date}</source>
        <translation>Ostatnie zamówienie {date}</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Atrybuty</translation>
    </message>
    <message>
        <source>made on this device</source>
        <translation>dodane na tym urządzeniu</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Przegląd</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumenty</translation>
    </message>
    <message>
        <source>Appointments</source>
        <translation>Wizyty</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Załączniki</translation>
    </message>
    <message>
        <source>This customer is no longer there</source>
        <translation>Tego kontrahenta już nie ma</translation>
    </message>
    <message>
        <source>The last synchronization took it away: the ERP does not have it any more.</source>
        <translation>Zniknął po ostatniej synchronizacji: system ERP już go nie ma.</translation>
    </message>
    <message>
        <source>No documents yet</source>
        <translation>Nie ma jeszcze dokumentów</translation>
    </message>
    <message>
        <source>No appointments yet</source>
        <translation>Nie ma jeszcze wizyt</translation>
    </message>
    <message>
        <source>No attributes</source>
        <translation>Brak atrybutów</translation>
    </message>
    <message>
        <source>Orders and quotes of this customer come here, also those that wait to be sent.</source>
        <translation>Tu trafiają zamówienia i oferty tego kontrahenta, także te do wysłania.</translation>
    </message>
    <message>
        <source>Visits that are planned or were carried out come here.</source>
        <translation>Tu trafiają wizyty zaplanowane i odbyte.</translation>
    </message>
    <message>
        <source>The ERP has sent no attributes for this customer.</source>
        <translation>System ERP nie przysłał atrybutów tego kontrahenta.</translation>
    </message>
    <message>
        <source>Pictures and files of this customer come here.</source>
        <translation>Tu trafiają zdjęcia i pliki tego kontrahenta.</translation>
    </message>
    <message>
        <source>Add a photo or a file</source>
        <translation>Dodaj zdjęcie lub plik</translation>
    </message>
    <message>
        <source>New return</source>
        <translation>Nowy zwrot</translation>
    </message>
</context>
<context>
    <name>Customers</name>
    <message numerus="yes">
        <source>%n addresses</source>
        <translation>
            <numerusform>%n adres</numerusform>
            <numerusform>%n adresy</numerusform>
            <numerusform>%n adresów</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n contact persons</source>
        <translation>
            <numerusform>%n osoba kontaktowa</numerusform>
            <numerusform>%n osoby kontaktowe</numerusform>
            <numerusform>%n osób kontaktowych</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n promotions apply</source>
        <translation>
            <numerusform>Działa %n promocja</numerusform>
            <numerusform>Działają %n promocje</numerusform>
            <numerusform>Działa %n promocji</numerusform>
        </translation>
    </message>
    <message>
        <source>Credit limit</source>
        <translation>Limit kredytu</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>bez limitu</translation>
    </message>
    <message>
        <source>{free} of {limit} is free</source>
        <translation>wolne {free} z {limit}</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Wykorzystano</translation>
    </message>
    <message>
        <source>Your unsent orders</source>
        <translation>Twoje niewysłane zamówienia</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>Wolne</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>Po terminie</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Wszyscy</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>Ulubieni</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Najlepsi</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Ostatni</translation>
    </message>
    <message>
        <source>received by the gateway</source>
        <translation>odebrane przez bramę</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>odrzucone</translation>
    </message>
    <message>
        <source>on this device</source>
        <translation>na tym urządzeniu</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>zablokowany</translation>
    </message>
    <message>
        <source>prospect</source>
        <translation>potencjalny</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>ulubiony</translation>
    </message>
    <message>
        <source>last order {date}</source>
        <translation>ostatnie zamówienie {date}</translation>
    </message>
    <message>
        <source>overdue {amount}</source>
        <translation>po terminie {amount}</translation>
    </message>
    <message>
        <source>main address</source>
        <translation>adres główny</translation>
    </message>
    <message>
        <source>delivery</source>
        <translation>dostawa</translation>
    </message>
    <message>
        <source>correspondence</source>
        <translation>korespondencja</translation>
    </message>
    <message>
        <source>invoice</source>
        <translation>faktura</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Email</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>Strona</translation>
    </message>
    <message>
        <source>Fax</source>
        <translation>Faks</translation>
    </message>
    <message>
        <source>same tax number</source>
        <translation>ten sam NIP</translation>
    </message>
    <message>
        <source>similar name</source>
        <translation>podobna nazwa</translation>
    </message>
    <message>
        <source>same phone</source>
        <translation>ten sam telefon</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>To pole jest wymagane.</translation>
    </message>
    <message>
        <source>The check digit of this NIP is wrong.</source>
        <translation>Cyfra kontrolna tego NIP jest błędna.</translation>
    </message>
    <message>
        <source>This is no VAT number of that country.</source>
        <translation>To nie jest numer VAT tego kraju.</translation>
    </message>
    <message>
        <source>A Polish postal code is written 00-000.</source>
        <translation>Polski kod pocztowy ma postać 00-000.</translation>
    </message>
    <message>
        <source>This phone number is too short.</source>
        <translation>Ten numer telefonu jest za krótki.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nazwa</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Rodzaj</translation>
    </message>
    <message>
        <source>Tax number (NIP, EU VAT)</source>
        <translation>NIP lub numer VAT UE</translation>
    </message>
    <message>
        <source>Street and number</source>
        <translation>Ulica i numer</translation>
    </message>
    <message>
        <source>Postal code</source>
        <translation>Kod pocztowy</translation>
    </message>
    <message>
        <source>Town</source>
        <translation>Miejscowość</translation>
    </message>
    <message>
        <source>Country (two letters)</source>
        <translation>Kraj (dwie litery)</translation>
    </message>
    <message>
        <source>Name of the person</source>
        <translation>Imię i nazwisko</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Stanowisko</translation>
    </message>
    <message>
        <source>Phone of the person</source>
        <translation>Telefon osoby</translation>
    </message>
    <message>
        <source>Email of the person</source>
        <translation>E-mail osoby</translation>
    </message>
    <message>
        <source>Customer class</source>
        <translation>Klasa kontrahenta</translation>
    </message>
    <message>
        <source>Payment form</source>
        <translation>Forma płatności</translation>
    </message>
    <message>
        <source>Price list</source>
        <translation>Cennik</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Waluta</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Uwagi</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Osoba</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>Firma</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>puste</translation>
    </message>
    <message>
        <source>Your drafts would take</source>
        <translation>Twoje szkice zajęłyby</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>Twoja</translation>
    </message>
    <message>
        <source>The office&apos;s</source>
        <translation>Z biura</translation>
    </message>
    <message>
        <source>{whose}, not taken</source>
        <translation>{whose}, nieprzyjęta</translation>
    </message>
    <message>
        <source>{whose}, taken</source>
        <translation>{whose}, przyjęta</translation>
    </message>
    <message>
        <source>This is not one plain e-mail address.</source>
        <translation>To nie jest jeden zwykły adres e-mail.</translation>
    </message>
    <message>
        <source>unknown, no exchange rate</source>
        <translation>nieznane, brak kursu wymiany</translation>
    </message>
    <message>
        <source>This is no postal code of that country.</source>
        <translation>To nie jest kod pocztowy tego kraju.</translation>
    </message>
</context>
<context>
    <name>CustomersPage</name>
    <message>
        <source>Name, code, tax number or town</source>
        <translation>Nazwa, kod, NIP lub miejscowość</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Wyczyść wyszukiwanie</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>Nowy kontrahent</translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{shown} z {total}</translation>
    </message>
    <message>
        <source>Stars stay on this device.</source>
        <translation>Gwiazdki zostają na tym urządzeniu.</translation>
    </message>
    <message>
        <source>No customer matches “{typed}”</source>
        <translation>Żaden kontrahent nie pasuje do „{typed}”</translation>
    </message>
    <message>
        <source>Every word must begin a word of the name, the code or the town.</source>
        <translation>Każde słowo musi zaczynać słowo nazwy, kodu lub miejscowości.</translation>
    </message>
    <message>
        <source>No favourites yet</source>
        <translation>Nie ma jeszcze ulubionych</translation>
    </message>
    <message>
        <source>Tap the star of a customer to find it here.</source>
        <translation>Dotknij gwiazdki kontrahenta, a znajdziesz go tutaj.</translation>
    </message>
    <message>
        <source>No documents yet</source>
        <translation>Nie ma jeszcze dokumentów</translation>
    </message>
    <message>
        <source>Customers come here with their first order or quote.</source>
        <translation>Kontrahenci trafiają tu z pierwszym zamówieniem lub ofertą.</translation>
    </message>
    <message>
        <source>No customers yet</source>
        <translation>Nie ma jeszcze kontrahentów</translation>
    </message>
    <message>
        <source>The ERP has sent no customers to this device.</source>
        <translation>System ERP nie przysłał kontrahentów na to urządzenie.</translation>
    </message>
</context>
<context>
    <name>Dashboard</name>
    <message>
        <source>Not fetched yet</source>
        <translation>Jeszcze nie pobrano</translation>
    </message>
    <message>
        <source>No drafts</source>
        <translation>Brak szkiców</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} z {total}</translation>
    </message>
    <message>
        <source>Nothing more is planned today</source>
        <translation>Na dziś nic więcej</translation>
    </message>
    <message>
        <source>all day</source>
        <translation>cały dzień</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>po terminie</translation>
    </message>
    <message>
        <source>No vehicle yet</source>
        <translation>Brak pojazdu</translation>
    </message>
    <message>
        <source>Odometer {km}</source>
        <translation>Licznik {km}</translation>
    </message>
    <message>
        <source>Everything is sent</source>
        <translation>Wszystko wysłane</translation>
    </message>
    <message>
        <source>Signed in as {user}</source>
        <translation>Zalogowano: {user}</translation>
    </message>
    <message>
        <source>Everything works from this device</source>
        <translation>Wszystko działa z tego urządzenia</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>pozostało około {time}</translation>
    </message>
    <message>
        <source>You can go on working</source>
        <translation>Możesz pracować dalej</translation>
    </message>
    <message>
        <source>Tap to try again</source>
        <translation>Dotknij, aby ponowić</translation>
    </message>
    <message>
        <source>Tap to try again; the red sign says why</source>
        <translation>Dotknij, aby ponowić; powód: u góry</translation>
    </message>
    <message>
        <source>Start the first synchronization</source>
        <translation>Rozpocznij pierwszą synchronizację</translation>
    </message>
    <message>
        <source>The first synchronization did not succeed</source>
        <translation>Pierwsza synchronizacja się nie powiodła</translation>
    </message>
    <message>
        <source>Stopped: it goes on from there</source>
        <translation>Zatrzymano: ruszy od tego miejsca</translation>
    </message>
    <message numerus="yes">
        <source>%n drafts</source>
        <translation>
            <numerusform>%n szkic</numerusform>
            <numerusform>%n szkice</numerusform>
            <numerusform>%n szkiców</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n po terminie</numerusform>
            <numerusform>%n po terminie</numerusform>
            <numerusform>%n po terminie</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing sold this month yet</source>
        <translation>W tym miesiącu jeszcze nic</translation>
    </message>
    <message>
        <source>{amount} this month</source>
        <translation>{amount} w tym miesiącu</translation>
    </message>
    <message>
        <source>This month, {change}</source>
        <translation>Ten miesiąc, {change}</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>Ten miesiąc</translation>
    </message>
    <message>
        <source>Data {age}</source>
        <translation>Dane: {age}</translation>
    </message>
    <message>
        <source>The catalogue has to be fetched again</source>
        <translation>Katalog trzeba pobrać ponownie</translation>
    </message>
</context>
<context>
    <name>DashboardPage</name>
    <message>
        <source>One step, and the day can start</source>
        <translation>Jeden krok i można zaczynać dzień</translation>
    </message>
    <message>
        <source>This device holds no data yet. Synchronize once with a network; then everything works without.</source>
        <translation>Na urządzeniu nie ma jeszcze danych. Zsynchronizuj raz z siecią; potem wszystko działa bez niej.</translation>
    </message>
    <message>
        <source>Encrypted on this device</source>
        <translation>Zaszyfrowane na urządzeniu</translation>
    </message>
    <message>
        <source>– everything you enter stays here until it is sent</source>
        <translation>– to, co wprowadzisz, zostaje tu do wysłania</translation>
    </message>
    <message>
        <source>Safe to interrupt</source>
        <translation>Można przerwać</translation>
    </message>
    <message>
        <source>– it goes on where it stopped</source>
        <translation>– ruszy od miejsca zatrzymania</translation>
    </message>
    <message>
        <source>Items, Customers and the other areas appear after the first good synchronization.</source>
        <translation>Towary, Kontrahenci i inne obszary pojawią się po pierwszej poprawnej synchronizacji.</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Brama</translation>
    </message>
</context>
<context>
    <name>DaySheet</name>
    <message>
        <source>The month before</source>
        <translation>Poprzedni miesiąc</translation>
    </message>
    <message>
        <source>The month after</source>
        <translation>Następny miesiąc</translation>
    </message>
</context>
<context>
    <name>DetailsPage</name>
    <message>
        <source>This record is no longer there</source>
        <translation>Tego rekordu już nie ma</translation>
    </message>
    <message>
        <source>The last synchronization took it away: the ERP does not have it any more.</source>
        <translation>Usunęła go ostatnia synchronizacja: w ERP już go nie ma.</translation>
    </message>
</context>
<context>
    <name>DetailsSheet</name>
    <message>
        <source>Details</source>
        <translation>Szczegóły</translation>
    </message>
    <message>
        <source>Payment form</source>
        <translation>Forma płatności</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Waluta</translation>
    </message>
    <message>
        <source>Warehouse</source>
        <translation>Magazyn</translation>
    </message>
    <message>
        <source>No address</source>
        <translation>Brak adresu</translation>
    </message>
    <message>
        <source>Delivery address</source>
        <translation>Adres dostawy</translation>
    </message>
    <message>
        <source>Delivery date</source>
        <translation>Data dostawy</translation>
    </message>
    <message>
        <source>Discount of the document in percent</source>
        <translation>Rabat od dokumentu w procentach</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Opis</translation>
    </message>
    <message>
        <source>Sign anew</source>
        <translation>Podpisz ponownie</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Podpis</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Gotowe</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Klient</translation>
    </message>
    <message>
        <source>Choose a customer</source>
        <translation>Wybierz klienta</translation>
    </message>
    <message>
        <source>Discount of the document, gross</source>
        <translation>Rabat od dokumentu, brutto</translation>
    </message>
    <message>
        <source>Discount of the document, net</source>
        <translation>Rabat od dokumentu, netto</translation>
    </message>
    <message>
        <source>It was in another currency.</source>
        <translation>Kwota była w innej walucie.</translation>
    </message>
    <message>
        <source>Why all of it comes back</source>
        <translation>Powód zwrotu wszystkich pozycji</translation>
    </message>
</context>
<context>
    <name>DifferenceSheet</name>
    <message>
        <source>What is different</source>
        <translation>Co się zmieniło</translation>
    </message>
    <message>
        <source>cannot be ordered any more: left out</source>
        <translation>nie można już zamówić: pominięto</translation>
    </message>
</context>
<context>
    <name>DocumentPage</name>
    <message>
        <source>Void</source>
        <translation>Anuluj dokument</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Eksportuj</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Załączniki</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopiuj</translation>
    </message>
    <message>
        <source>Make an order</source>
        <translation>Utwórz zamówienie</translation>
    </message>
    <message>
        <source>Fix and send again</source>
        <translation>Popraw i wyślij ponownie</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Edytuj</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>This document is no longer there</source>
        <translation>Tego dokumentu już nie ma</translation>
    </message>
    <message>
        <source>A draft that was deleted, or one that the ERP has taken back.</source>
        <translation>Szkic został usunięty albo ERP wycofał dokument.</translation>
    </message>
    <message>
        <source>Why:</source>
        <translation>Dlaczego:</translation>
    </message>
    <message>
        <source>What helps:</source>
        <translation>Co pomoże:</translation>
    </message>
    <message>
        <source>Field:</source>
        <translation>Pole:</translation>
    </message>
    <message>
        <source>Issued on</source>
        <translation>Data wystawienia</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Dostawa</translation>
    </message>
    <message>
        <source>Delivery address</source>
        <translation>Adres dostawy</translation>
    </message>
    <message>
        <source>Payment form</source>
        <translation>Forma płatności</translation>
    </message>
    <message>
        <source>Number in the ERP</source>
        <translation>Numer w ERP</translation>
    </message>
    <message>
        <source>State in the ERP</source>
        <translation>Stan w ERP</translation>
    </message>
    <message>
        <source>Discount of the document</source>
        <translation>Rabat dokumentu</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Opis</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>Podpisano przez</translation>
    </message>
    <message>
        <source>{quantity} free</source>
        <translation>{quantity} gratis</translation>
    </message>
    <message>
        <source>Net</source>
        <translation>Netto</translation>
    </message>
    <message>
        <source>VAT {percent} % of {net}</source>
        <translation>VAT {percent} % od {net}</translation>
    </message>
    <message>
        <source>VAT</source>
        <translation>VAT</translation>
    </message>
    <message>
        <source>Gross</source>
        <translation>Brutto</translation>
    </message>
    <message>
        <source>The visit it was made in</source>
        <translation>Wizyta, w której powstał</translation>
    </message>
    <message>
        <source>The office has merged the customer: it goes to {name}.</source>
        <translation>Biuro połączyło klienta z innym: dokument trafia do {name}.</translation>
    </message>
    <message>
        <source>Discount of the payment form</source>
        <translation>Rabat formy płatności</translation>
    </message>
    <message>
        <source>Return goods</source>
        <translation>Zwróć towar</translation>
    </message>
    <message>
        <source>Reason: {reason}</source>
        <translation>Powód: {reason}</translation>
    </message>
</context>
<context>
    <name>Doing</name>
    <message>
        <source>Waiting for the gateway: no answer for {time}</source>
        <translation>Czekam na bramkę: brak odpowiedzi od {time}</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>Przygotowanie</translation>
    </message>
</context>
<context>
    <name>DuplicateCard</name>
    <message>
        <source>This customer may be there already</source>
        <translation>Ten kontrahent może już istnieć</translation>
    </message>
</context>
<context>
    <name>ElementCard</name>
    <message>
        <source>Required</source>
        <translation>Wymagane</translation>
    </message>
</context>
<context>
    <name>ElementSheet</name>
    <message>
        <source>Required</source>
        <translation>Wymagane</translation>
    </message>
    <message>
        <source>Not done: {why}</source>
        <translation>Niewykonane: {why}</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notatka</translation>
    </message>
    <message>
        <source>Add a photo</source>
        <translation>Dodaj zdjęcie</translation>
    </message>
    <message>
        <source>New quote</source>
        <translation>Nowa oferta</translation>
    </message>
    <message>
        <source>New order</source>
        <translation>Nowe zamówienie</translation>
    </message>
    <message>
        <source>New travel entry</source>
        <translation>Nowy przejazd</translation>
    </message>
    <message>
        <source>Do it again</source>
        <translation>Wykonaj ponownie</translation>
    </message>
    <message>
        <source>Not done</source>
        <translation>Niewykonane</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Wykonane</translation>
    </message>
    <message>
        <source>Take a photo</source>
        <translation>Zrób zdjęcie</translation>
    </message>
    <message>
        <source>New return</source>
        <translation>Nowy zwrot</translation>
    </message>
</context>
<context>
    <name>ElementSteps</name>
    <message>
        <source>Why not “{name}”?</source>
        <translation>Dlaczego nie „{name}”?</translation>
    </message>
    <message>
        <source>It counts as done, and the office sees the reason.</source>
        <translation>Liczy się jako załatwione, a biuro zobaczy powód.</translation>
    </message>
    <message>
        <source>Not done</source>
        <translation>Niewykonane</translation>
    </message>
    <message>
        <source>Choose photos</source>
        <translation>Wybierz zdjęcia</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Zdjęcia</translation>
    </message>
</context>
<context>
    <name>EndSheet</name>
    <message>
        <source>What becomes of this order?</source>
        <translation>Co zrobić z tym zamówieniem?</translation>
    </message>
    <message>
        <source>What becomes of this quote?</source>
        <translation>Co zrobić z tą ofertą?</translation>
    </message>
    <message>
        <source>Save as draft</source>
        <translation>Zapisz jako szkic</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Zatwierdź</translation>
    </message>
    <message>
        <source>Leave without saving</source>
        <translation>Wyjdź bez zapisywania</translation>
    </message>
    <message>
        <source>Leave it as it was before</source>
        <translation>Pozostaw jak przedtem</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anuluj</translation>
    </message>
    <message>
        <source>A draft stays on this device. What is confirmed gets its number and goes with the next sync.</source>
        <translation>Szkic pozostaje na tym urządzeniu. To, co zatwierdzone, dostaje numer i zostanie wysłane przy następnej synchronizacji.</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>Anuluj dokument</translation>
    </message>
    <message>
        <source>Delete draft</source>
        <translation>Usuń szkic</translation>
    </message>
    <message>
        <source>What becomes of this return?</source>
        <translation>Co zrobić z tym zwrotem?</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>A file on this device could not be written ({reason}).</source>
        <translation>Nie udało się zapisać pliku na tym urządzeniu ({reason}).</translation>
    </message>
    <message>
        <source>A password has {shortest} to {longest} characters.</source>
        <translation>Hasło ma od {shortest} do {longest} znaków.</translation>
    </message>
    <message>
        <source>A password of blanks only can be guessed.</source>
        <translation>Hasło z samych spacji łatwo odgadnąć.</translation>
    </message>
    <message>
        <source>Another synchronization is running in this data folder.</source>
        <translation>W tym folderze danych trwa inna synchronizacja.</translation>
    </message>
    <message>
        <source>Ask the back office for the right.</source>
        <translation>Zwróć się do biura o nadanie uprawnienia.</translation>
    </message>
    <message>
        <source>Ask the back office to unblock it; then synchronize again, and what waits is sent.</source>
        <translation>Poproś biuro o odblokowanie; potem zsynchronizuj ponownie, a to, co czeka, zostanie wysłane.</translation>
    </message>
    <message>
        <source>Ask the back office to update the gateway.</source>
        <translation>Zwróć się do biura o aktualizację bramy.</translation>
    </message>
    <message>
        <source>Ask the back office. If the rows are really gone, it confirms that with `salesapp gateway confirm {key}`; then synchronize again.</source>
        <translation>Zapytaj biuro. Jeśli wierszy naprawdę już nie ma, biuro potwierdza to poleceniem `salesapp gateway confirm {key}`; potem zsynchronizuj ponownie.</translation>
    </message>
    <message>
        <source>Check both; upper and lower case count.</source>
        <translation>Sprawdź nazwę użytkownika i hasło; wielkość liter ma znaczenie.</translation>
    </message>
    <message>
        <source>Check the address; if it is right, ask your administrator for the company&apos;s CA certificate.</source>
        <translation>Sprawdź adres; jeśli jest prawidłowy, zwróć się do administratora o certyfikat CA firmy.</translation>
    </message>
    <message>
        <source>Check the disk and its free space.</source>
        <translation>Sprawdź dysk i ilość wolnego miejsca.</translation>
    </message>
    <message>
        <source>Check the network and the address, then synchronize again.</source>
        <translation>Sprawdź sieć i adres, a następnie zsynchronizuj ponownie.</translation>
    </message>
    <message>
        <source>Choose a key file with --key-file (64 hexadecimal characters), for example made with: openssl rand -hex 32.</source>
        <translation>Wskaż plik klucza opcją --key-file (64 znaki szesnastkowe), utworzony na przykład poleceniem: openssl rand -hex 32.</translation>
    </message>
    <message>
        <source>Choose a password of such a length.</source>
        <translation>Wybierz hasło o takiej długości.</translation>
    </message>
    <message>
        <source>Choose a photo; another file can be attached to the appointment.</source>
        <translation>Wybierz zdjęcie; inny plik można dołączyć do wizyty.</translation>
    </message>
    <message>
        <source>Choose another, for example three words that have nothing to do with each other.</source>
        <translation>Wybierz inne, na przykład trzy słowa, które nie mają ze sobą nic wspólnego.</translation>
    </message>
    <message>
        <source>Close the window first, then try again.</source>
        <translation>Najpierw zamknij okno, potem spróbuj ponownie.</translation>
    </message>
    <message>
        <source>Close what has it open (a viewer, a backup, a virus scanner), then try again.</source>
        <translation>Zamknij program, który go trzyma (przeglądarka plików, kopia zapasowa, program antywirusowy), potem spróbuj ponownie.</translation>
    </message>
    <message>
        <source>Compare both versions, then send it again.</source>
        <translation>Porównaj obie wersje, a następnie wyślij ponownie.</translation>
    </message>
    <message>
        <source>Correct it and send it again.</source>
        <translation>Popraw rekord i wyślij go ponownie.</translation>
    </message>
    <message>
        <source>Free some space, then synchronize again.</source>
        <translation>Zwolnij miejsce, a następnie zsynchronizuj ponownie.</translation>
    </message>
    <message>
        <source>Give the user with --user and the password with --password-file.</source>
        <translation>Podaj użytkownika opcją --user, a hasło opcją --password-file.</translation>
    </message>
    <message>
        <source>It comes by itself as soon as {parents} can be synchronized.</source>
        <translation>Obiekt zostanie pobrany automatycznie, gdy będzie można zsynchronizować: {parents}.</translation>
    </message>
    <message>
        <source>It must hold exactly 64 hexadecimal characters.</source>
        <translation>Plik musi zawierać dokładnie 64 znaki szesnastkowe.</translation>
    </message>
    <message>
        <source>It waits for {parents}.</source>
        <translation>Obiekt oczekuje na: {parents}.</translation>
    </message>
    <message>
        <source>It was left as it is. The data on this device stay as they were, and nothing unsent is lost.</source>
        <translation>Plik pozostał bez zmian. Dane na tym urządzeniu pozostały bez zmian, a nic niewysłanego nie zginęło.</translation>
    </message>
    <message>
        <source>It was left untouched.</source>
        <translation>Plik pozostał nienaruszony.</translation>
    </message>
    <message>
        <source>It was not added; everything else is as it was.</source>
        <translation>Nie dodano go; wszystko inne jest bez zmian.</translation>
    </message>
    <message>
        <source>It was not confirmed and stays as it was.</source>
        <translation>Nie został zatwierdzony i pozostaje bez zmian.</translation>
    </message>
    <message>
        <source>Its last correct rows stay on this device, so that they fit the others.</source>
        <translation>Ostatnie poprawne wiersze tego obiektu pozostają na tym urządzeniu, aby były zgodne z pozostałymi.</translation>
    </message>
    <message>
        <source>Its rows on this device do not equal the gateway&apos;s (digest), also after fetching them again.</source>
        <translation>Wiersze tego obiektu na urządzeniu różnią się od wierszy bramy (suma kontrolna), także po ponownym pobraniu.</translation>
    </message>
    <message>
        <source>Log on again with the password.</source>
        <translation>Zaloguj się ponownie, podając hasło.</translation>
    </message>
    <message>
        <source>Log on as {name} with the same password.</source>
        <translation>Zaloguj się jako {name} z tym samym hasłem.</translation>
    </message>
    <message>
        <source>Log on to the wireless network in the browser, or check the address.</source>
        <translation>Zaloguj się do sieci bezprzewodowej w przeglądarce lub sprawdź adres.</translation>
    </message>
    <message>
        <source>Make it smaller and add it again.</source>
        <translation>Zmniejsz plik i dodaj go ponownie.</translation>
    </message>
    <message>
        <source>Make it smaller, for example the photo, and send again.</source>
        <translation>Zmniejsz rozmiar danych, na przykład zdjęcia, i wyślij ponownie.</translation>
    </message>
    <message>
        <source>Nothing is lost: what had arrived is kept, and the data in place stay as they were.</source>
        <translation>Nic nie zostało utracone: odebrane dane są zachowane, a dotychczasowe dane pozostają bez zmian.</translation>
    </message>
    <message>
        <source>Nothing is written to it until it is repaired. Daily backups are in {backups}.</source>
        <translation>Do czasu naprawy nic nie będzie w nim zapisywane. Codzienne kopie zapasowe znajdują się w {backups}.</translation>
    </message>
    <message>
        <source>Nothing of it was taken. The data on this device stay as they were, and nothing unsent is lost.</source>
        <translation>Nic z tej odpowiedzi nie zostało przyjęte. Dane na tym urządzeniu pozostają bez zmian, a niewysłane dane nie zostały utracone.</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Niczego nie zmieniono.</translation>
    </message>
    <message>
        <source>Nothing was done.</source>
        <translation>Nie wykonano żadnej operacji.</translation>
    </message>
    <message>
        <source>Nothing was read or written.</source>
        <translation>Nic nie zostało odczytane ani zapisane.</translation>
    </message>
    <message>
        <source>Nothing was sent. The data on this device stay as they were, and nothing unsent is lost.</source>
        <translation>Nic nie zostało wysłane. Dane na tym urządzeniu pozostają bez zmian, a niewysłane dane nie zostały utracone.</translation>
    </message>
    <message>
        <source>Open it in its own program; copy it to this device and add it again.</source>
        <translation>Otwórz go w jego programie; skopiuj na to urządzenie i dodaj ponownie.</translation>
    </message>
    <message>
        <source>Others on this computer can read what must stay private: {reason}.</source>
        <translation>Inni na tym komputerze mogą czytać to, co ma pozostać prywatne: {reason}.</translation>
    </message>
    <message>
        <source>Pictures, PDF, text, office documents and recordings can be added.</source>
        <translation>Można dodawać obrazy, PDF, teksty, dokumenty biurowe i nagrania.</translation>
    </message>
    <message>
        <source>Report it to support with the details.</source>
        <translation>Zgłoś to do wsparcia technicznego wraz ze szczegółami.</translation>
    </message>
    <message>
        <source>Report it to the back office.</source>
        <translation>Zgłoś to do biura.</translation>
    </message>
    <message>
        <source>Restore the last backup with: salesapp restore-backup. It may lack newer records: keep the damaged file.</source>
        <translation>Przywróć ostatnią kopię zapasową poleceniem: salesapp restore-backup. Może w niej brakować nowszych rekordów: zachowaj uszkodzony plik.</translation>
    </message>
    <message>
        <source>Rows arrived damaged, also when fetched again.</source>
        <translation>Odebrane wiersze są uszkodzone, także po ponownym pobraniu.</translation>
    </message>
    <message>
        <source>See: salesapp --help.</source>
        <translation>Zobacz: salesapp --help.</translation>
    </message>
    <message>
        <source>Send the log file to support: {log}.</source>
        <translation>Wyślij plik dziennika do wsparcia technicznego: {log}.</translation>
    </message>
    <message>
        <source>Something between this device and the gateway refuses its rows (status {status}).</source>
        <translation>Coś między tym urządzeniem a bramą odrzuca wiersze tego obiektu (status {status}).</translation>
    </message>
    <message>
        <source>Something other than a gateway answered at {url}, perhaps the logon page of a wireless network.</source>
        <translation>Pod adresem {url} odpowiedziało coś innego niż brama, być może strona logowania sieci bezprzewodowej.</translation>
    </message>
    <message>
        <source>Split it into two documents, then try again.</source>
        <translation>Podziel go na dwa dokumenty, a potem spróbuj ponownie.</translation>
    </message>
    <message>
        <source>Split it, or shorten its descriptions, then try again.</source>
        <translation>Podziel go albo skróć opisy, a potem spróbuj ponownie.</translation>
    </message>
    <message>
        <source>Synchronize again in a few minutes.</source>
        <translation>Zsynchronizuj ponownie za kilka minut.</translation>
    </message>
    <message>
        <source>Synchronize again over another connection.</source>
        <translation>Zsynchronizuj ponownie przez inne połączenie.</translation>
    </message>
    <message>
        <source>Synchronize again, so that records of earlier files arrive; if it stays, tell the back office.</source>
        <translation>Zsynchronizuj ponownie, aby dotarły zapisy wcześniejszych plików; jeśli to nie pomoże, powiadom biuro.</translation>
    </message>
    <message>
        <source>Synchronize again; if it stays, tell the back office.</source>
        <translation>Zsynchronizuj ponownie; jeśli problem się powtórzy, powiadom biuro.</translation>
    </message>
    <message>
        <source>Synchronize again; if it stays, update the app.</source>
        <translation>Zsynchronizuj ponownie; jeśli problem się powtórzy, zaktualizuj aplikację.</translation>
    </message>
    <message>
        <source>Synchronize again; it goes on from here.</source>
        <translation>Zsynchronizuj ponownie; synchronizacja zostanie wznowiona od tego miejsca.</translation>
    </message>
    <message>
        <source>Synchronize, choose another and send it again.</source>
        <translation>Zsynchronizuj, wybierz inną wartość i wyślij ponownie.</translation>
    </message>
    <message>
        <source>Take the rights of others away, or choose another folder or file.</source>
        <translation>Odbierz innym prawa albo wybierz inny folder lub plik.</translation>
    </message>
    <message>
        <source>The ERP system refuses the record ({reason}).</source>
        <translation>System ERP odrzuca rekord ({reason}).</translation>
    </message>
    <message>
        <source>The app made a mistake that it does not know ({reason}).</source>
        <translation>W aplikacji wystąpił nieznany błąd ({reason}).</translation>
    </message>
    <message>
        <source>The back office has blocked this device.</source>
        <translation>Biuro zablokowało to urządzenie.</translation>
    </message>
    <message>
        <source>The certificate of {url} is not trusted: {reason}.</source>
        <translation>Certyfikat {url} nie jest zaufany: {reason}.</translation>
    </message>
    <message>
        <source>The connection to the gateway broke off.</source>
        <translation>Połączenie z bramą zostało przerwane.</translation>
    </message>
    <message>
        <source>The data on this device stay as they were, and nothing unsent is lost.</source>
        <translation>Dane na tym urządzeniu pozostają bez zmian, a niewysłane dane nie zostały utracone.</translation>
    </message>
    <message>
        <source>The document has {lines} lines; at most {limit} can be sent.</source>
        <translation>Dokument ma {lines} pozycji; można wysłać najwyżej {limit}.</translation>
    </message>
    <message>
        <source>The file and its record stay on this device and wait; nothing is lost.</source>
        <translation>Plik i jego zapis pozostają na tym urządzeniu i czekają; nic nie ginie.</translation>
    </message>
    <message>
        <source>The file has {size} bytes; {limit} are allowed.</source>
        <translation>Rozmiar pliku w bajtach: {size}; dozwolony: {limit}.</translation>
    </message>
    <message>
        <source>The file with the catalogue was damaged and has been removed.</source>
        <translation>Plik z katalogiem był uszkodzony i został usunięty.</translation>
    </message>
    <message>
        <source>The file with your own work ({path}) is damaged and was left untouched.</source>
        <translation>Plik z Twoimi danymi roboczymi ({path}) jest uszkodzony i pozostał nienaruszony.</translation>
    </message>
    <message>
        <source>The file with your own work was written by a newer version of this app.</source>
        <translation>Plik z Twoimi danymi roboczymi został zapisany przez nowszą wersję tej aplikacji.</translation>
    </message>
    <message>
        <source>The file {name} could not be read.</source>
        <translation>Nie można odczytać pliku {name}.</translation>
    </message>
    <message>
        <source>The file {name} is held by another program, or this user may not change it.</source>
        <translation>Plik {name} jest używany przez inny program albo ten użytkownik nie może go zmienić.</translation>
    </message>
    <message>
        <source>The file {name} is of a kind that is not taken, or it is damaged.</source>
        <translation>Plik {name} jest nieobsługiwanego rodzaju albo uszkodzony.</translation>
    </message>
    <message>
        <source>The files were left untouched.</source>
        <translation>Pliki pozostały nienaruszone.</translation>
    </message>
    <message>
        <source>The gateway announced rows that it does not have.</source>
        <translation>Brama zapowiedziała wiersze, których nie posiada.</translation>
    </message>
    <message>
        <source>The gateway did not understand the request ({reason}).</source>
        <translation>Brama nie zrozumiała żądania ({reason}).</translation>
    </message>
    <message>
        <source>The gateway does not have what was asked for.</source>
        <translation>Brama nie ma tego, o co wysłano zapytanie.</translation>
    </message>
    <message>
        <source>The gateway does not know this object.</source>
        <translation>Brama nie zna tego obiektu.</translation>
    </message>
    <message>
        <source>The gateway does not know this user with this password.</source>
        <translation>Brama nie zna użytkownika z takim hasłem.</translation>
    </message>
    <message>
        <source>The gateway failed to answer (status {status}).</source>
        <translation>Brama nie mogła odpowiedzieć (status {status}).</translation>
    </message>
    <message>
        <source>The gateway holds another record under the same id.</source>
        <translation>Brama przechowuje inny rekord o tym samym identyfikatorze.</translation>
    </message>
    <message>
        <source>The gateway holds as many files of this user without a record as it takes ({files} files, {bytes} bytes).</source>
        <translation>Brama ma już tyle plików tego użytkownika bez zapisu, ile przyjmuje (plików: {files}, bajtów: {bytes}).</translation>
    </message>
    <message>
        <source>The gateway holds something else under the same id.</source>
        <translation>Brama przechowuje coś innego pod tym samym identyfikatorem.</translation>
    </message>
    <message>
        <source>The gateway refuses the record: {field} is not valid ({reason}).</source>
        <translation>Brama odrzuca rekord: nieprawidłowa wartość pola {field} ({reason}).</translation>
    </message>
    <message>
        <source>The gateway refuses this as too large.</source>
        <translation>Brama odrzuca te dane, ponieważ są zbyt duże.</translation>
    </message>
    <message>
        <source>The gateway refuses this to the user.</source>
        <translation>Brama nie zezwala na to temu użytkownikowi.</translation>
    </message>
    <message>
        <source>The gateway sends fields of this object that this app does not know.</source>
        <translation>Brama wysyła pola tego obiektu, których ta aplikacja nie zna.</translation>
    </message>
    <message>
        <source>The gateway {url} could not be reached.</source>
        <translation>Nie udało się połączyć z bramą {url}.</translation>
    </message>
    <message>
        <source>The gateway {url} did not answer in time.</source>
        <translation>Brama {url} nie odpowiedziała w wyznaczonym czasie.</translation>
    </message>
    <message>
        <source>The gateway&apos;s answer could not be read ({reason}).</source>
        <translation>Nie udało się odczytać odpowiedzi bramy ({reason}).</translation>
    </message>
    <message>
        <source>The gateway&apos;s answer is larger than allowed ({limit} bytes).</source>
        <translation>Odpowiedź bramy przekracza dozwolony rozmiar (w bajtach: {limit}).</translation>
    </message>
    <message>
        <source>The key file {path} cannot be used: {reason}.</source>
        <translation>Nie można użyć pliku klucza {path}: {reason}.</translation>
    </message>
    <message>
        <source>The last correct rows of this object stay on this device; the other objects are not affected.</source>
        <translation>Ostatnie poprawne wiersze tego obiektu pozostają na tym urządzeniu; pozostałe obiekty działają bez zmian.</translation>
    </message>
    <message>
        <source>The next synchronization fetches the catalogue again.</source>
        <translation>Następna synchronizacja ponownie pobierze katalog.</translation>
    </message>
    <message>
        <source>The password was not set.</source>
        <translation>Hasło nie zostało ustawione.</translation>
    </message>
    <message>
        <source>The record refers to something that the gateway does not have ({field}).</source>
        <translation>Rekord odwołuje się do czegoś, czego brama nie ma ({field}).</translation>
    </message>
    <message>
        <source>The record stays on this device; nothing is lost.</source>
        <translation>Rekord pozostaje na tym urządzeniu; nic nie zostało utracone.</translation>
    </message>
    <message>
        <source>The record was changed in the office since it was read here ({field}).</source>
        <translation>Rekord został zmieniony w biurze po odczytaniu go na tym urządzeniu ({field}).</translation>
    </message>
    <message>
        <source>The record would be {size} bytes; at most {limit} can be sent.</source>
        <translation>Rekord miałby {size} bajtów; można wysłać najwyżej {limit}.</translation>
    </message>
    <message>
        <source>The session with the gateway has ended or was revoked.</source>
        <translation>Sesja z bramą wygasła lub została unieważniona.</translation>
    </message>
    <message>
        <source>The synchronization was stopped.</source>
        <translation>Synchronizacja została zatrzymana.</translation>
    </message>
    <message>
        <source>The user&apos;s name is in the password.</source>
        <translation>Hasło zawiera nazwę użytkownika.</translation>
    </message>
    <message>
        <source>The window of SalesApp is open and works with these files.</source>
        <translation>Okno SalesApp jest otwarte i korzysta z tych plików.</translation>
    </message>
    <message>
        <source>There is no key for the files on this device: no keyring of the operating system is available.</source>
        <translation>Brak klucza do plików na tym urządzeniu: magazyn kluczy systemu operacyjnego jest niedostępny.</translation>
    </message>
    <message>
        <source>There is no valid session with {url}, and no password was given.</source>
        <translation>Brak ważnej sesji z {url}, a hasło nie zostało podane.</translation>
    </message>
    <message>
        <source>There is not enough space on this device: {needed} bytes are needed, {free} are free.</source>
        <translation>Za mało miejsca na tym urządzeniu (w bajtach): potrzeba {needed}, wolne {free}.</translation>
    </message>
    <message>
        <source>There were too many attempts to log on.</source>
        <translation>Wykonano zbyt wiele prób logowania.</translation>
    </message>
    <message>
        <source>This app and the gateway speak different versions (app {app}, gateway {gateway}).</source>
        <translation>Ta aplikacja i brama używają różnych wersji protokołu (aplikacja {app}, brama {gateway}).</translation>
    </message>
    <message>
        <source>This key does not open the data folder {path}.</source>
        <translation>Ten klucz nie otwiera folderu danych {path}.</translation>
    </message>
    <message>
        <source>This password is one of those that are tried first: a common word, a row of keys, a date or a repetition.</source>
        <translation>To jedno z haseł sprawdzanych najpierw: popularne słowo, rząd klawiszy, data albo powtórzenie.</translation>
    </message>
    <message>
        <source>This user is called {name} now.</source>
        <translation>Ten użytkownik nazywa się teraz {name}.</translation>
    </message>
    <message>
        <source>Try again where the connection is better.</source>
        <translation>Spróbuj ponownie w miejscu z lepszym połączeniem.</translation>
    </message>
    <message>
        <source>Try this object again; if it stays, tell the back office.</source>
        <translation>Ponów synchronizację tego obiektu; jeśli problem się powtórzy, powiadom biuro.</translation>
    </message>
    <message>
        <source>Unsent work is in another file and is not affected.</source>
        <translation>Niewysłane dane są w innym pliku i pozostają nienaruszone.</translation>
    </message>
    <message>
        <source>Update the app, or report it to support.</source>
        <translation>Zaktualizuj aplikację lub zgłoś to do wsparcia technicznego.</translation>
    </message>
    <message>
        <source>Update the app.</source>
        <translation>Zaktualizuj aplikację.</translation>
    </message>
    <message>
        <source>Use a computer that has it, or install requirements/{part}-linux.txt or -windows.txt of this version.</source>
        <translation>Użyj komputera, na którym jest, albo zainstaluj requirements/{part}-linux.txt lub -windows.txt tej wersji.</translation>
    </message>
    <message>
        <source>Use the address that begins with https://.</source>
        <translation>Użyj adresu zaczynającego się od https://.</translation>
    </message>
    <message>
        <source>Use the key that the folder was made with.</source>
        <translation>Użyj klucza, z którym utworzono ten folder.</translation>
    </message>
    <message>
        <source>Wait until it has finished.</source>
        <translation>Poczekaj na jej zakończenie.</translation>
    </message>
    <message>
        <source>Wait {seconds} seconds, then try again.</source>
        <translation>Odczekaj {seconds} s, a następnie spróbuj ponownie.</translation>
    </message>
    <message>
        <source>What had arrived is kept, and the data in place stay as they were.</source>
        <translation>Odebrane dane są zachowane, a dotychczasowe dane pozostają bez zmian.</translation>
    </message>
    <message>
        <source>Write it like https://gateway.example.com.</source>
        <translation>Podaj adres w postaci https://gateway.example.com.</translation>
    </message>
    <message>
        <source>{count} rows need rows that are not there ({parent}).</source>
        <translation>Liczba wierszy, którym brakuje wymaganych wierszy ({parent}): {count}.</translation>
    </message>
    <message>
        <source>{gone} of its {rows} rows would go, and the office has not confirmed it.</source>
        <translation>Zniknęłoby {gone} z {rows} wierszy, a biuro tego nie potwierdziło.</translation>
    </message>
    <message>
        <source>{name} is not a picture, or it is damaged.</source>
        <translation>{name} to nie zdjęcie albo plik jest uszkodzony.</translation>
    </message>
    <message>
        <source>{reason}</source>
        <translation>{reason}</translation>
    </message>
    <message>
        <source>{rows} rows arrived, {expected} were expected.</source>
        <translation>Odebrano wierszy: {rows}, oczekiwano: {expected}.</translation>
    </message>
    <message>
        <source>{url} is not an address of a gateway.</source>
        <translation>{url} nie jest adresem bramy.</translation>
    </message>
    <message>
        <source>{url} is not encrypted: plain http is allowed on this computer itself only.</source>
        <translation>{url} nie jest szyfrowany: zwykłe połączenie http jest dozwolone tylko w obrębie tego komputera.</translation>
    </message>
    <message>
        <source>{what} is not installed here: the package {package} is missing.</source>
        <translation>{what}: nie zainstalowano tutaj, brakuje pakietu {package}.</translation>
    </message>
    <message>
        <source>Synchronize: the items on this device are older than the ERP&apos;s.</source>
        <translation>Zsynchronizuj: towary na tym urządzeniu są starsze niż w systemie ERP.</translation>
    </message>
    <message>
        <source>The gateway does not have this item any more.</source>
        <translation>Brama nie ma już tego towaru.</translation>
    </message>
    <message>
        <source>The stock of the last synchronization stays on this device.</source>
        <translation>Na tym urządzeniu pozostają stany z ostatniej synchronizacji.</translation>
    </message>
    <message>
        <source>An amount of the document does not add up: {field} is {stated}, its parts are {sum}.</source>
        <translation>Kwota dokumentu się nie zgadza: {field} to {stated}, a składniki dają {sum}.</translation>
    </message>
    <message>
        <source>Ask the back office to open the period, or choose a day from {first} on, and send it again.</source>
        <translation>Poproś biuro o otwarcie okresu albo wybierz dzień od {first} i wyślij ponownie.</translation>
    </message>
    <message>
        <source>Ask the back office to release the customer, then send it again.</source>
        <translation>Poproś biuro o odblokowanie kontrahenta i wyślij ponownie.</translation>
    </message>
    <message>
        <source>Choose a later delivery date and send it again.</source>
        <translation>Wybierz późniejszą datę dostawy i wyślij ponownie.</translation>
    </message>
    <message>
        <source>Choose another payment form and send it again.</source>
        <translation>Wybierz inną formę płatności i wyślij ponownie.</translation>
    </message>
    <message>
        <source>Choose another warehouse and send it again.</source>
        <translation>Wybierz inny magazyn i wyślij ponownie.</translation>
    </message>
    <message>
        <source>Choose one of the customer&apos;s addresses and send it again.</source>
        <translation>Wybierz jeden z adresów kontrahenta i wyślij ponownie.</translation>
    </message>
    <message>
        <source>Lower the discount and send it again.</source>
        <translation>Zmniejsz rabat i wyślij ponownie.</translation>
    </message>
    <message>
        <source>Make the order smaller, or ask the back office for a higher limit, then send it again.</source>
        <translation>Zmniejsz zamówienie albo poproś biuro o wyższy limit i wyślij ponownie.</translation>
    </message>
    <message>
        <source>Open it, confirm it again and send it; if it stays, report it to support.</source>
        <translation>Otwórz dokument, zatwierdź go jeszcze raz i wyślij; jeśli to nie pomoże, zgłoś to do wsparcia.</translation>
    </message>
    <message>
        <source>Split the order, or ask the back office, then send it again.</source>
        <translation>Podziel zamówienie albo zapytaj biuro i wyślij ponownie.</translation>
    </message>
    <message>
        <source>Synchronize and look for that customer, or correct the tax number and send it again.</source>
        <translation>Zsynchronizuj i wyszukaj tego kontrahenta albo popraw NIP i wyślij ponownie.</translation>
    </message>
    <message>
        <source>Synchronize, choose another price list and send it again.</source>
        <translation>Zsynchronizuj, wybierz inny cennik i wyślij ponownie.</translation>
    </message>
    <message>
        <source>Synchronize, choose another unit for the item and send it again.</source>
        <translation>Zsynchronizuj, wybierz inną jednostkę towaru i wyślij ponownie.</translation>
    </message>
    <message>
        <source>Synchronize, open the document, confirm it at the new prices and send it again.</source>
        <translation>Zsynchronizuj, otwórz dokument, zatwierdź go w nowych cenach i wyślij ponownie.</translation>
    </message>
    <message>
        <source>Take the item out of the document and send it again.</source>
        <translation>Usuń towar z dokumentu i wyślij ponownie.</translation>
    </message>
    <message>
        <source>The ERP system has a customer with the tax number {tax_id} already: {name}.</source>
        <translation>W systemie ERP jest już kontrahent z numerem NIP {tax_id}: {name}.</translation>
    </message>
    <message>
        <source>The ERP system refuses the delivery date {date}: it is in the past.</source>
        <translation>System ERP odrzuca datę dostawy {date}: już minęła.</translation>
    </message>
    <message>
        <source>The ERP system takes orders up to {limit}; this one comes to {amount} {currency}.</source>
        <translation>System ERP przyjmuje zamówienia do {limit}; to wynosi {amount} {currency}.</translation>
    </message>
    <message>
        <source>The ERP system takes quotes with a description only.</source>
        <translation>System ERP przyjmuje oferty tylko z opisem.</translation>
    </message>
    <message>
        <source>The customer does not have the delivery address {value}.</source>
        <translation>Kontrahent nie ma adresu dostawy {value}.</translation>
    </message>
    <message>
        <source>The customer {name} is blocked in the ERP system.</source>
        <translation>Kontrahent {name} jest zablokowany w systemie ERP.</translation>
    </message>
    <message>
        <source>The customer {name} is blocked.</source>
        <translation>Kontrahent {name} jest zablokowany.</translation>
    </message>
    <message>
        <source>The customer&apos;s credit limit would be exceeded by {over} {currency}.</source>
        <translation>Limit kredytowy kontrahenta zostałby przekroczony o {over} {currency}.</translation>
    </message>
    <message>
        <source>The day {date} lies in a period that is closed in the ERP system.</source>
        <translation>Dzień {date} należy do okresu zamkniętego w systemie ERP.</translation>
    </message>
    <message>
        <source>The document comes to {sent} {currency}, in the ERP system today to {price} {currency}.</source>
        <translation>Dokument wynosi {sent} {currency}, a w systemie ERP dzisiaj {price} {currency}.</translation>
    </message>
    <message>
        <source>The item {item} does not have the unit {unit}.</source>
        <translation>Towar {item} nie ma jednostki {unit}.</translation>
    </message>
    <message>
        <source>The item {item} is discontinued.</source>
        <translation>Towar {item} został wycofany.</translation>
    </message>
    <message>
        <source>The own discounts of the line and of the document are {percent} % together; {limit} % are allowed.</source>
        <translation>Rabaty własne pozycji i dokumentu wynoszą razem {percent} %; dozwolone jest {limit} %.</translation>
    </message>
    <message>
        <source>Write a description and send it again.</source>
        <translation>Dopisz opis i wyślij ponownie.</translation>
    </message>
    <message>
        <source>Write it as another kind of document, or ask the back office for the right.</source>
        <translation>Wystaw inny rodzaj dokumentu albo zwróć się do biura o nadanie uprawnienia.</translation>
    </message>
    <message>
        <source>Your profile does not allow documents of this kind.</source>
        <translation>Twój profil nie pozwala na dokumenty tego rodzaju.</translation>
    </message>
    <message>
        <source>Your profile does not have the payment form {value}.</source>
        <translation>Twój profil nie ma formy płatności {value}.</translation>
    </message>
    <message>
        <source>Your profile does not have the price list {value}.</source>
        <translation>Twój profil nie ma cennika {value}.</translation>
    </message>
    <message>
        <source>Your profile does not have the warehouse {value}.</source>
        <translation>Twój profil nie ma magazynu {value}.</translation>
    </message>
    <message>
        <source>Check the address of the gateway; in another network than the company&apos;s it may need the VPN.</source>
        <translation>Sprawdź adres bramy; w innej sieci niż firmowa może być potrzebny VPN.</translation>
    </message>
    <message>
        <source>Check the address; if it is right, tell your administrator.</source>
        <translation>Sprawdź adres; jeśli jest poprawny, powiadom administratora.</translation>
    </message>
    <message>
        <source>Check the date and time of this device; if they are right, tell your administrator.</source>
        <translation>Sprawdź datę i godzinę urządzenia; jeśli są poprawne, powiadom administratora.</translation>
    </message>
    <message>
        <source>Connect it to a network, then try again.</source>
        <translation>Połącz je z siecią i spróbuj ponownie.</translation>
    </message>
    <message>
        <source>No computer is known under the name {host}.</source>
        <translation>Nie ma komputera o nazwie {host}.</translation>
    </message>
    <message>
        <source>The certificate of {url} belongs to another address ({reason}).</source>
        <translation>Certyfikat {url} należy do innego adresu ({reason}).</translation>
    </message>
    <message>
        <source>The certificate of {url} is not valid on the date of this device, {date} ({reason}).</source>
        <translation>Certyfikat {url} nie jest ważny w dniu według zegara tego urządzenia, {date} ({reason}).</translation>
    </message>
    <message>
        <source>This device has no network; {url} was not asked.</source>
        <translation>Urządzenie nie ma połączenia z siecią; nie zapytano {url}.</translation>
    </message>
    <message>
        <source>Update the app; if it is the newest, the gateway has to be updated by the back office.</source>
        <translation>Zaktualizuj aplikację; jeśli jest najnowsza, bramę musi zaktualizować biuro.</translation>
    </message>
    <message>
        <source>Synchronize: the catalogue is fetched again.</source>
        <translation>Zsynchronizuj: katalog zostanie pobrany ponownie.</translation>
    </message>
    <message>
        <source>The catalogue is not on this device any more, or it is damaged or of another version of this app.</source>
        <translation>Katalogu nie ma już na urządzeniu albo jest uszkodzony lub z innej wersji aplikacji.</translation>
    </message>
    <message>
        <source>Ask your administrator to mend the file. A change of settings keeps it beside, as settings-unreadable.</source>
        <translation>Poproś administratora o poprawienie pliku. Zmiana ustawień zachowa go obok, jako settings-unreadable.</translation>
    </message>
    <message>
        <source>Every setting has its first value until the file is mended; your data are not affected.</source>
        <translation>Do czasu poprawienia pliku każde ustawienie ma wartość początkową; Twoje dane pozostają bez zmian.</translation>
    </message>
    <message>
        <source>The settings of this device in {path} cannot be read.</source>
        <translation>Nie można odczytać ustawień tego urządzenia z pliku {path}.</translation>
    </message>
    <message>
        <source>Change the password again with the same entries: twice does no harm.</source>
        <translation>Zmień hasło jeszcze raz, wpisując to samo: powtórzenie niczemu nie szkodzi.</translation>
    </message>
    <message>
        <source>Check it; upper and lower case count.</source>
        <translation>Sprawdź je; wielkość liter ma znaczenie.</translation>
    </message>
    <message>
        <source>Choose another.</source>
        <translation>Wybierz inne.</translation>
    </message>
    <message>
        <source>The gateway did not answer in time; whether it has set the new password is not known.</source>
        <translation>Bramka nie odpowiedziała na czas; nie wiadomo, czy nowe hasło zostało ustawione.</translation>
    </message>
    <message>
        <source>The new password is the old one.</source>
        <translation>Nowe hasło jest takie samo jak dotychczasowe.</translation>
    </message>
    <message>
        <source>The current password is wrong.</source>
        <translation>Dotychczasowe hasło jest nieprawidłowe.</translation>
    </message>
    <message>
        <source>What the gateway says of this object cannot be right.</source>
        <translation>To, co brama mówi o tym obiekcie, nie może się zgadzać.</translation>
    </message>
    <message>
        <source>Open it in another program, save it as JPEG, and add it again.</source>
        <translation>Otwórz go w innym programie, zapisz jako JPEG i dodaj ponownie.</translation>
    </message>
    <message>
        <source>Synchronize again tomorrow; if it stays, ask the back office for a larger quota.</source>
        <translation>Zsynchronizuj ponownie jutro; jeśli to nie pomoże, poproś biuro o większy limit.</translation>
    </message>
    <message>
        <source>Synchronize again tomorrow; if there are so many each day, ask the back office for a larger quota.</source>
        <translation>Zsynchronizuj ponownie jutro; jeśli codziennie jest ich tak dużo, poproś biuro o większy limit.</translation>
    </message>
    <message>
        <source>Tell the back office that the ERP takes nothing; synchronize again later.</source>
        <translation>Powiadom biuro, że system ERP niczego nie przyjmuje; zsynchronizuj ponownie później.</translation>
    </message>
    <message>
        <source>The file and its record stay on this device; nothing is lost.</source>
        <translation>Plik i jego zapis pozostają na tym urządzeniu; nic nie ginie.</translation>
    </message>
    <message>
        <source>The gateway refuses the picture {name}: it is damaged, too large when unpacked, or another file as well.</source>
        <translation>Brama odrzuca obraz {name}: jest uszkodzony, po rozpakowaniu za duży albo jest zarazem innym plikiem.</translation>
    </message>
    <message>
        <source>The gateway takes no more files of this user: it holds {bytes} bytes of them.</source>
        <translation>Brama nie przyjmuje więcej plików tego użytkownika: przechowuje ich już {bytes} bajtów.</translation>
    </message>
    <message>
        <source>The gateway takes no more records of this user today: {records} have arrived in 24 hours ({bytes} bytes).</source>
        <translation>Brama nie przyjmuje dziś więcej rekordów tego użytkownika: w ciągu 24 godzin dotarło ich {records} (bajtów: {bytes}).</translation>
    </message>
    <message>
        <source>The record stays on this device and waits; nothing is lost.</source>
        <translation>Rekord pozostaje na tym urządzeniu i czeka; nic nie ginie.</translation>
    </message>
    <message>
        <source>{records} records of this user ({bytes} bytes) wait at the gateway for the ERP: it takes no more.</source>
        <translation>W bramie czeka na system ERP rekordów tego użytkownika: {records} (bajtów: {bytes}); więcej nie przyjmuje.</translation>
    </message>
    <message>
        <source>Another document has the number {number} already.</source>
        <translation>Inny dokument ma już numer {number}.</translation>
    </message>
    <message>
        <source>Send it again: it gets a new number. Check first whether it is the same document.</source>
        <translation>Wyślij ponownie: otrzyma nowy numer. Najpierw sprawdź, czy to nie ten sam dokument.</translation>
    </message>
    <message>
        <source>The gateway came back from a backup and does not have yet what the record refers to ({field}).</source>
        <translation>Brama wróciła z kopii zapasowej i nie ma jeszcze tego, do czego odwołuje się rekord ({field}).</translation>
    </message>
    <message>
        <source>Send it again over another connection; if it stays, ask your administrator to let larger requests through.</source>
        <translation>Wyślij ponownie przez inne połączenie; jeśli to się powtarza, poproś administratora o przepuszczanie większych żądań.</translation>
    </message>
    <message>
        <source>Send it again over another connection; if it stays, tell your administrator what was refused.</source>
        <translation>Wyślij ponownie przez inne połączenie; jeśli to się powtarza, powiadom administratora, co zostało odrzucone.</translation>
    </message>
    <message>
        <source>Something between this device and the gateway gave the answer to a former request.</source>
        <translation>Coś między tym urządzeniem a bramą podało odpowiedź na wcześniejsze żądanie.</translation>
    </message>
    <message>
        <source>Something between this device and the gateway refused a request (status {status}).</source>
        <translation>Coś między tym urządzeniem a bramą odrzuciło żądanie (status {status}).</translation>
    </message>
    <message>
        <source>Something between this device and the gateway refuses the record (status {status}).</source>
        <translation>Coś między tym urządzeniem a bramą odrzuca ten rekord (status {status}).</translation>
    </message>
    <message>
        <source>Something between this device and the gateway refuses the record as too large.</source>
        <translation>Coś między tym urządzeniem a bramą odrzuca ten rekord jako zbyt duży.</translation>
    </message>
    <message>
        <source>Synchronize again after {until}.</source>
        <translation>Zsynchronizuj ponownie później: {until}.</translation>
    </message>
    <message>
        <source>Synchronize again over another connection; if it stays, tell your administrator that a proxy keeps answers.</source>
        <translation>Zsynchronizuj ponownie przez inne połączenie; jeśli to się powtarza, powiadom administratora, że serwer pośredniczący przechowuje odpowiedzi.</translation>
    </message>
    <message>
        <source>Synchronize again over another connection; if it stays, tell your administrator what was refused.</source>
        <translation>Zsynchronizuj ponownie przez inne połączenie; jeśli to się powtarza, powiadom administratora, co zostało odrzucone.</translation>
    </message>
    <message>
        <source>The record stays on this device; nothing is lost. The other records are sent.</source>
        <translation>Rekord pozostaje na tym urządzeniu; nic nie zostało utracone. Pozostałe rekordy są wysyłane.</translation>
    </message>
    <message>
        <source>The gateway has too much to do and asks to wait.</source>
        <translation>Brama ma zbyt wiele pracy i prosi o zaczekanie.</translation>
    </message>
    <message>
        <source>Look through My work: what was made after the backup and not sent yet is gone.</source>
        <translation>Przejrzyj Moją pracę: tego, co powstało po kopii i nie zostało wysłane, już nie ma.</translation>
    </message>
    <message>
        <source>The gateway has them. They are in My work again, and what became of them in the ERP is in the lists.</source>
        <translation>Brama je ma. Są znowu w Mojej pracy, a ich losy w ERP są na listach.</translation>
    </message>
    <message>
        <source>Your own work came back from a backup. Records that were sent since, and were missing here: {count}.</source>
        <translation>Twoja praca wróciła z kopii zapasowej. Rekordy wysłane później, których tu brakowało: {count}.</translation>
    </message>
    <message>
        <source>Synchronize again: what it lacks is sent once more.</source>
        <translation>Zsynchronizuj ponownie: to, czego jej brakuje, zostanie wysłane jeszcze raz.</translation>
    </message>
    <message>
        <source>The gateway came back from a backup.</source>
        <translation>Brama wróciła z kopii zapasowej.</translation>
    </message>
    <message>
        <source>A file that you added is damaged on this device ({name}).</source>
        <translation>Plik dodany przez Ciebie jest uszkodzony na tym urządzeniu ({name}).</translation>
    </message>
    <message>
        <source>If you still have the photo or file elsewhere, add it again; that mends this one, too.</source>
        <translation>Jeśli masz to zdjęcie lub ten plik gdzie indziej, dodaj go ponownie; to naprawi także ten plik.</translation>
    </message>
    <message>
        <source>It is kept as it is. What the gateway has of it already is not affected, nor is anything else.</source>
        <translation>Pozostał bez zmian. To, co brama już otrzymała, i wszystko inne jest nienaruszone.</translation>
    </message>
    <message>
        <source>Nothing was saved; everything else is as it was.</source>
        <translation>Niczego nie zapisano; wszystko inne pozostało bez zmian.</translation>
    </message>
    <message>
        <source>Synchronize with attachments, then try again.</source>
        <translation>Zsynchronizuj z załącznikami, potem spróbuj ponownie.</translation>
    </message>
    <message>
        <source>The file {name} is not on this device.</source>
        <translation>Pliku {name} nie ma na tym urządzeniu.</translation>
    </message>
    <message>
        <source>Your own work on this device is older than what the gateway has from it.</source>
        <translation>Twoja praca na tym urządzeniu jest starsza niż to, co ma już od niego brama.</translation>
    </message>
    <message>
        <source>Synchronize again: the app asks first what became of each record.</source>
        <translation>Zsynchronizuj ponownie: aplikacja najpierw zapyta, co się stało z każdym zapisem.</translation>
    </message>
    <message>
        <source>Raise the price or lower the discount, and send it again.</source>
        <translation>Podnieś cenę lub zmniejsz rabat i wyślij ponownie.</translation>
    </message>
    <message>
        <source>The price of {item} is below its minimum price of {lowest} {currency}.</source>
        <translation>Cena towaru {item} jest niższa niż jego cena minimalna {lowest} {currency}.</translation>
    </message>
    <message>
        <source>Orders made with a wrong clock have a wrong date, and so the prices and promotions of another day.</source>
        <translation>Zamówienia złożone przy błędnym zegarze mają błędną datę, a więc ceny i promocje z innego dnia.</translation>
    </message>
    <message>
        <source>Set date, time and time zone of this device, then synchronize. If they are right, tell the office.</source>
        <translation>Ustaw datę, godzinę i strefę czasową tego urządzenia, a potem synchronizuj. Jeśli są poprawne, zawiadom biuro.</translation>
    </message>
    <message>
        <source>This device shows {here}, and the gateway {there}.</source>
        <translation>To urządzenie pokazuje {here}, a brama {there}.</translation>
    </message>
    <message>
        <source>Nothing now: it goes by itself once an import or another tablet has brought it.</source>
        <translation>Teraz nic: zostanie wysłany sam, gdy brakujący rekord trafi tu z importu lub z innego tabletu.</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>{sent} of {total}</source>
        <translation>{sent} z {total}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} z {total}</translation>
    </message>
    <message>
        <source>nothing to send</source>
        <translation>nic do wysłania</translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <source>actual_end</source>
        <translation>Rzeczywiste zakończenie</translation>
    </message>
    <message>
        <source>actual_start</source>
        <translation>Rzeczywiste rozpoczęcie</translation>
    </message>
    <message>
        <source>address</source>
        <translation>Adres</translation>
    </message>
    <message>
        <source>addresses</source>
        <translation>Adresy</translation>
    </message>
    <message>
        <source>appointment_type</source>
        <translation>Typ wizyty</translation>
    </message>
    <message>
        <source>as_of</source>
        <translation>Stan na</translation>
    </message>
    <message>
        <source>base_unit</source>
        <translation>Jednostka podstawowa</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>zmienione pola</translation>
    </message>
    <message>
        <source>changed_at</source>
        <translation>Data zmiany</translation>
    </message>
    <message>
        <source>city</source>
        <translation>Miejscowość</translation>
    </message>
    <message>
        <source>code</source>
        <translation>Kod</translation>
    </message>
    <message>
        <source>color</source>
        <translation>Kolor</translation>
    </message>
    <message>
        <source>combines</source>
        <translation>Łączy się z innymi promocjami</translation>
    </message>
    <message>
        <source>contact_persons</source>
        <translation>Osoby kontaktowe</translation>
    </message>
    <message>
        <source>contacts</source>
        <translation>Kontakty</translation>
    </message>
    <message>
        <source>country</source>
        <translation>Kraj</translation>
    </message>
    <message>
        <source>credit_limit</source>
        <translation>Limit kredytowy</translation>
    </message>
    <message>
        <source>credit_rule</source>
        <translation>Kontrola limitu kredytowego</translation>
    </message>
    <message>
        <source>credit_used</source>
        <translation>Wykorzystany limit kredytowy</translation>
    </message>
    <message>
        <source>currency</source>
        <translation>Waluta</translation>
    </message>
    <message>
        <source>customer</source>
        <translation>Kontrahent</translation>
    </message>
    <message>
        <source>customer_class</source>
        <translation>Klasa kontrahenta</translation>
    </message>
    <message>
        <source>customer_classes</source>
        <translation>Klasy kontrahentów</translation>
    </message>
    <message>
        <source>customers</source>
        <translation>Kontrahenci</translation>
    </message>
    <message>
        <source>decimals</source>
        <translation>Miejsca dziesiętne</translation>
    </message>
    <message>
        <source>default_payment_form</source>
        <translation>Domyślna forma płatności</translation>
    </message>
    <message>
        <source>definition</source>
        <translation>Definicja atrybutu</translation>
    </message>
    <message>
        <source>delivery_state</source>
        <translation>Stan dostawy</translation>
    </message>
    <message>
        <source>denominator</source>
        <translation>Mianownik</translation>
    </message>
    <message>
        <source>description</source>
        <translation>Opis</translation>
    </message>
    <message>
        <source>discount_type</source>
        <translation>Typ rabatu</translation>
    </message>
    <message>
        <source>discountable</source>
        <translation>Podlega rabatowaniu</translation>
    </message>
    <message>
        <source>document_type</source>
        <translation>Typ dokumentu</translation>
    </message>
    <message>
        <source>document_types</source>
        <translation>Typy dokumentów</translation>
    </message>
    <message>
        <source>due_days</source>
        <translation>Termin płatności (dni)</translation>
    </message>
    <message>
        <source>duration_minutes</source>
        <translation>Czas trwania (min)</translation>
    </message>
    <message>
        <source>ean</source>
        <translation>EAN</translation>
    </message>
    <message>
        <source>elements</source>
        <translation>Elementy</translation>
    </message>
    <message>
        <source>email</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>erp_number</source>
        <translation>Numer w ERP</translation>
    </message>
    <message>
        <source>field</source>
        <translation>Pole</translation>
    </message>
    <message>
        <source>file_name</source>
        <translation>Nazwa pliku</translation>
    </message>
    <message>
        <source>first_number</source>
        <translation>Pierwszy numer</translation>
    </message>
    <message>
        <source>fuel</source>
        <translation>Paliwo</translation>
    </message>
    <message>
        <source>general_discount_percent</source>
        <translation>Rabat ogólny (%)</translation>
    </message>
    <message>
        <source>general_state</source>
        <translation>Stan ogólny</translation>
    </message>
    <message>
        <source>gross</source>
        <translation>Brutto</translation>
    </message>
    <message>
        <source>gross_weight_kg</source>
        <translation>Masa brutto (kg)</translation>
    </message>
    <message>
        <source>has_free_shipping</source>
        <translation>Darmowa dostawa</translation>
    </message>
    <message>
        <source>invoice_state</source>
        <translation>Stan fakturowania</translation>
    </message>
    <message>
        <source>is_active</source>
        <translation>Aktywny</translation>
    </message>
    <message>
        <source>is_allowed</source>
        <translation>Dozwolona</translation>
    </message>
    <message>
        <source>is_base</source>
        <translation>Waluta bazowa</translation>
    </message>
    <message>
        <source>is_bestseller</source>
        <translation>Bestseller</translation>
    </message>
    <message>
        <source>is_default</source>
        <translation>Domyślny</translation>
    </message>
    <message>
        <source>is_default_sales</source>
        <translation>Domyślna w sprzedaży</translation>
    </message>
    <message>
        <source>is_exempt</source>
        <translation>Zwolnienie z VAT</translation>
    </message>
    <message>
        <source>is_full_day</source>
        <translation>Cały dzień</translation>
    </message>
    <message>
        <source>is_gross</source>
        <translation>Ceny brutto</translation>
    </message>
    <message>
        <source>is_new</source>
        <translation>Nowość</translation>
    </message>
    <message>
        <source>is_private</source>
        <translation>Prywatny</translation>
    </message>
    <message>
        <source>issued_on</source>
        <translation>Data wystawienia</translation>
    </message>
    <message>
        <source>item</source>
        <translation>Towar</translation>
    </message>
    <message>
        <source>item_group</source>
        <translation>Grupa towarów</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>Rodzaj</translation>
    </message>
    <message>
        <source>last_odometer_km</source>
        <translation>Ostatni stan licznika (km)</translation>
    </message>
    <message>
        <source>level</source>
        <translation>Poziom</translation>
    </message>
    <message>
        <source>lines</source>
        <translation>Pozycje</translation>
    </message>
    <message>
        <source>manufacturer</source>
        <translation>Producent</translation>
    </message>
    <message>
        <source>maximum_discount_percent</source>
        <translation>Maksymalny rabat (%)</translation>
    </message>
    <message>
        <source>maximum_price_age_hours</source>
        <translation>Maksymalny wiek cen (godz.)</translation>
    </message>
    <message>
        <source>may_add_customers</source>
        <translation>Może dodawać kontrahentów</translation>
    </message>
    <message>
        <source>media_type</source>
        <translation>Typ pliku</translation>
    </message>
    <message>
        <source>minimum_quantity</source>
        <translation>Ilość minimalna</translation>
    </message>
    <message>
        <source>month</source>
        <translation>Miesiąc</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Nazwa</translation>
    </message>
    <message>
        <source>net</source>
        <translation>Netto</translation>
    </message>
    <message>
        <source>net_weight_kg</source>
        <translation>Masa netto (kg)</translation>
    </message>
    <message>
        <source>notes</source>
        <translation>Uwagi</translation>
    </message>
    <message>
        <source>number</source>
        <translation>Numer</translation>
    </message>
    <message>
        <source>numerator</source>
        <translation>Licznik</translation>
    </message>
    <message>
        <source>on_base</source>
        <translation>Od ceny bazowej</translation>
    </message>
    <message>
        <source>only_once</source>
        <translation>Tylko jednokrotnie</translation>
    </message>
    <message>
        <source>options</source>
        <translation>Opcje</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>Należności przeterminowane</translation>
    </message>
    <message>
        <source>owner</source>
        <translation>Powiązany obiekt</translation>
    </message>
    <message>
        <source>owner_kind</source>
        <translation>Rodzaj powiązanego obiektu</translation>
    </message>
    <message>
        <source>params</source>
        <translation>Parametry</translation>
    </message>
    <message>
        <source>parent</source>
        <translation>Grupa nadrzędna</translation>
    </message>
    <message>
        <source>pattern</source>
        <translation>Wzorzec numeru</translation>
    </message>
    <message>
        <source>payer</source>
        <translation>Płatnik</translation>
    </message>
    <message>
        <source>payment_form</source>
        <translation>Forma płatności</translation>
    </message>
    <message>
        <source>payment_forms</source>
        <translation>Formy płatności</translation>
    </message>
    <message>
        <source>percent</source>
        <translation>Procent</translation>
    </message>
    <message>
        <source>period</source>
        <translation>Okres</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>planned_end</source>
        <translation>Planowane zakończenie</translation>
    </message>
    <message>
        <source>planned_start</source>
        <translation>Planowane rozpoczęcie</translation>
    </message>
    <message>
        <source>position</source>
        <translation>Pozycja</translation>
    </message>
    <message>
        <source>price_age_rule</source>
        <translation>Kontrola wieku cen</translation>
    </message>
    <message>
        <source>price_type</source>
        <translation>Typ ceny</translation>
    </message>
    <message>
        <source>price_types</source>
        <translation>Typy cen</translation>
    </message>
    <message>
        <source>priority</source>
        <translation>Priorytet</translation>
    </message>
    <message>
        <source>promotion</source>
        <translation>Promocja</translation>
    </message>
    <message>
        <source>quantity</source>
        <translation>Ilość</translation>
    </message>
    <message>
        <source>rate_per_km</source>
        <translation>Stawka za km</translation>
    </message>
    <message>
        <source>rates</source>
        <translation>Kursy</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>Powód</translation>
    </message>
    <message>
        <source>region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>registration</source>
        <translation>Numer rejestracyjny</translation>
    </message>
    <message>
        <source>relationships</source>
        <translation>Powiązania</translation>
    </message>
    <message>
        <source>representative</source>
        <translation>Przedstawiciel</translation>
    </message>
    <message>
        <source>representatives</source>
        <translation>Przedstawiciele</translation>
    </message>
    <message>
        <source>role</source>
        <translation>Rola</translation>
    </message>
    <message>
        <source>sales_unit</source>
        <translation>Jednostka sprzedaży</translation>
    </message>
    <message>
        <source>scales</source>
        <translation>Progi</translation>
    </message>
    <message>
        <source>sha256</source>
        <translation>Suma kontrolna SHA-256</translation>
    </message>
    <message>
        <source>signed_at</source>
        <translation>podpisano o</translation>
    </message>
    <message>
        <source>signed_by</source>
        <translation>podpisano przez</translation>
    </message>
    <message>
        <source>signed_content</source>
        <translation>podpisana treść</translation>
    </message>
    <message>
        <source>size</source>
        <translation>Rozmiar</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Stan</translation>
    </message>
    <message>
        <source>status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>stock_rule</source>
        <translation>Kontrola stanów magazynowych</translation>
    </message>
    <message>
        <source>submission</source>
        <translation>Zgłoszenie</translation>
    </message>
    <message>
        <source>supervisor</source>
        <translation>Przełożony</translation>
    </message>
    <message>
        <source>symbol</source>
        <translation>Symbol</translation>
    </message>
    <message>
        <source>tax_class</source>
        <translation>Klasa podatkowa</translation>
    </message>
    <message>
        <source>tax_id</source>
        <translation>NIP</translation>
    </message>
    <message>
        <source>template</source>
        <translation>Szablon</translation>
    </message>
    <message>
        <source>threshold</source>
        <translation>Rodzaj progu</translation>
    </message>
    <message>
        <source>type</source>
        <translation>Rodzaj</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>Jednostka</translation>
    </message>
    <message>
        <source>upload_to_erp</source>
        <translation>Wysyłanie do ERP</translation>
    </message>
    <message>
        <source>valid_from</source>
        <translation>Ważne od</translation>
    </message>
    <message>
        <source>valid_to</source>
        <translation>Ważne do</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wartość</translation>
    </message>
    <message>
        <source>value_kind</source>
        <translation>Rodzaj wartości</translation>
    </message>
    <message>
        <source>vat</source>
        <translation>VAT</translation>
    </message>
    <message>
        <source>vat_rate</source>
        <translation>Stawka VAT</translation>
    </message>
    <message>
        <source>warehouse</source>
        <translation>Magazyn</translation>
    </message>
    <message>
        <source>warehouses</source>
        <translation>Magazyny</translation>
    </message>
    <message>
        <source>appointment</source>
        <translation>Wizyta</translation>
    </message>
    <message>
        <source>base_hash</source>
        <translation>Wersja</translation>
    </message>
    <message>
        <source>customer_name</source>
        <translation>Nazwa kontrahenta</translation>
    </message>
    <message>
        <source>delivery_address</source>
        <translation>Adres dostawy</translation>
    </message>
    <message>
        <source>delivery_on</source>
        <translation>Data dostawy</translation>
    </message>
    <message>
        <source>departure</source>
        <translation>Skąd</translation>
    </message>
    <message>
        <source>destination</source>
        <translation>Dokąd</translation>
    </message>
    <message>
        <source>discount_percent</source>
        <translation>Rabat (%)</translation>
    </message>
    <message>
        <source>ended_km</source>
        <translation>Stan licznika na końcu (km)</translation>
    </message>
    <message>
        <source>is_free</source>
        <translation>Gratis</translation>
    </message>
    <message>
        <source>item_code</source>
        <translation>Kod towaru</translation>
    </message>
    <message>
        <source>item_name</source>
        <translation>Nazwa towaru</translation>
    </message>
    <message>
        <source>line</source>
        <translation>Pozycja</translation>
    </message>
    <message>
        <source>new_customer</source>
        <translation>Nowy kontrahent</translation>
    </message>
    <message>
        <source>owner_submission</source>
        <translation>Dokument pliku</translation>
    </message>
    <message>
        <source>purpose</source>
        <translation>Cel</translation>
    </message>
    <message>
        <source>record</source>
        <translation>Zapis</translation>
    </message>
    <message>
        <source>signature_sha256</source>
        <translation>Podpis</translation>
    </message>
    <message>
        <source>started_km</source>
        <translation>Stan licznika na początku (km)</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Wyliczenie ceny</translation>
    </message>
    <message>
        <source>totals</source>
        <translation>Podsumowanie</translation>
    </message>
    <message>
        <source>travel_type</source>
        <translation>Rodzaj przejazdu</translation>
    </message>
    <message>
        <source>travelled_on</source>
        <translation>Data przejazdu</translation>
    </message>
    <message>
        <source>unit_code</source>
        <translation>Kod jednostki</translation>
    </message>
    <message>
        <source>unit_price</source>
        <translation>Cena jednostkowa</translation>
    </message>
    <message>
        <source>vehicle</source>
        <translation>Samochód</translation>
    </message>
    <message>
        <source>visit</source>
        <translation>wizyta</translation>
    </message>
    <message>
        <source>discount_amount</source>
        <translation>Rabat (kwota)</translation>
    </message>
    <message>
        <source>own_price</source>
        <translation>Własna cena</translation>
    </message>
    <message>
        <source>barcode_patterns</source>
        <translation>Wzorce kodów sklepowych</translation>
    </message>
    <message>
        <source>maximum_quantity</source>
        <translation>Największa ilość</translation>
    </message>
    <message>
        <source>minimum_price</source>
        <translation>Cena minimalna</translation>
    </message>
    <message>
        <source>minimum_price_rule</source>
        <translation>Zasada ceny minimalnej</translation>
    </message>
    <message>
        <source>minimum_prices</source>
        <translation>Ceny minimalne profili</translation>
    </message>
    <message>
        <source>merged_into</source>
        <translation>Połączony z</translation>
    </message>
    <message>
        <source>by_tax_class</source>
        <translation>Stawki klas podatkowych</translation>
    </message>
    <message>
        <source>payment_discount</source>
        <translation>Rabat formy płatności</translation>
    </message>
    <message>
        <source>promotion_discount</source>
        <translation>Rabat z promocji</translation>
    </message>
    <message>
        <source>vat_sentences</source>
        <translation>Adnotacje VAT</translation>
    </message>
    <message>
        <source>return_reasons</source>
        <translation>Powody zwrotów</translation>
    </message>
    <message>
        <source>returned_from</source>
        <translation>Zwrot z dokumentu</translation>
    </message>
</context>
<context>
    <name>FileSheet</name>
    <message>
        <source>Look at it</source>
        <translation>Obejrzyj</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>Zapisz kopię</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Wyślij ponownie</translation>
    </message>
    <message>
        <source>Send to the ERP</source>
        <translation>Wyślij do ERP</translation>
    </message>
    <message>
        <source>Do not send to the ERP</source>
        <translation>Nie wysyłaj do ERP</translation>
    </message>
    <message>
        <source>Take it out</source>
        <translation>Usuń</translation>
    </message>
</context>
<context>
    <name>FilesSheet</name>
    <message>
        <source>Attachments</source>
        <translation>Załączniki</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Wybierz plik</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Wklej</translation>
    </message>
    <message>
        <source>Nothing is attached yet.</source>
        <translation>Nic jeszcze nie załączono.</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Obraz</translation>
    </message>
    <message>
        <source>There is no picture or file to paste.</source>
        <translation>Nie ma zdjęcia ani pliku do wklejenia.</translation>
    </message>
    <message>
        <source>Take a photo</source>
        <translation>Zrób zdjęcie</translation>
    </message>
    <message>
        <source>Or drop it here. At most 3 MB each.</source>
        <translation>Albo upuść plik tutaj. Każdy do 3 MB.</translation>
    </message>
</context>
<context>
    <name>FilteredSearch</name>
    <message>
        <source>Name, code or EAN</source>
        <translation>Nazwa, kod lub EAN</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Wyczyść wyszukiwanie</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filtry</translation>
    </message>
    <message>
        <source>How to scan a barcode</source>
        <translation>Jak skanować kod kreskowy</translation>
    </message>
</context>
<context>
    <name>FinishedView</name>
    <message>
        <source>Needs attention</source>
        <translation>Wymaga uwagi</translation>
    </message>
    <message>
        <source>All objects</source>
        <translation>Wszystkie obiekty</translation>
    </message>
    <message>
        <source>{sent} of {total}</source>
        <translation>{sent} z {total}</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Wysłano</translation>
    </message>
    <message>
        <source>received by the gateway</source>
        <translation>przyjęte przez bramę</translation>
    </message>
    <message numerus="yes">
        <source>%n still wait on this device</source>
        <translation>
            <numerusform>%n czeka na urządzeniu</numerusform>
            <numerusform>%n czekają na urządzeniu</numerusform>
            <numerusform>%n czeka na urządzeniu</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing is left</source>
        <translation>nic nie zostało</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Wiersze</translation>
    </message>
    <message>
        <source>on this device</source>
        <translation>na urządzeniu</translation>
    </message>
    <message>
        <source>in {time}</source>
        <translation>w {time}</translation>
    </message>
    <message>
        <source>Downloaded</source>
        <translation>Pobrano</translation>
    </message>
    <message numerus="yes">
        <source>Show progress of all %n objects</source>
        <translation>
            <numerusform>Pokaż postęp %n obiektu</numerusform>
            <numerusform>Pokaż postęp wszystkich %n obiektów</numerusform>
            <numerusform>Pokaż postęp wszystkich %n obiektów</numerusform>
        </translation>
    </message>
    <message>
        <source>In the ERP</source>
        <translation>W ERP</translation>
    </message>
    <message numerus="yes">
        <source>See your %n receipts</source>
        <translation>
            <numerusform>Zobacz %n potwierdzenie</numerusform>
            <numerusform>Zobacz %n potwierdzenia</numerusform>
            <numerusform>Zobacz %n potwierdzeń</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not accepted</source>
        <translation>
            <numerusform>nieprzyjęte: %n</numerusform>
            <numerusform>nieprzyjęte: %n</numerusform>
            <numerusform>nieprzyjęte: %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n still being checked</source>
        <translation>
            <numerusform>w sprawdzaniu: %n</numerusform>
            <numerusform>w sprawdzaniu: %n</numerusform>
            <numerusform>w sprawdzaniu: %n</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing waited to be sent</source>
        <translation>nic nie czekało na wysłanie</translation>
    </message>
    <message>
        <source>what waits was not counted</source>
        <translation>nie policzono, co czeka</translation>
    </message>
    <message>
        <source>was not asked</source>
        <translation>nie zapytano</translation>
    </message>
</context>
<context>
    <name>FormDraft</name>
    <message>
        <source>What you typed before is here again</source>
        <translation>Jest tu znowu to, co wcześniej wpisano</translation>
    </message>
    <message>
        <source>It was not saved yet.</source>
        <translation>Nie zostało jeszcze zapisane.</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>Zacznij od nowa</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>today {time}</source>
        <translation>dziś {time}</translation>
    </message>
    <message>
        <source>yesterday {time}</source>
        <translation>wczoraj {time}</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>przed chwilą</translation>
    </message>
    <message numerus="yes">
        <source>%n days old</source>
        <translation>
            <numerusform>sprzed %n dnia</numerusform>
            <numerusform>sprzed %n dni</numerusform>
            <numerusform>sprzed %n dni</numerusform>
        </translation>
    </message>
    <message>
        <source>{time} old</source>
        <translation>sprzed {time}</translation>
    </message>
    <message>
        <source>from {date}</source>
        <translation>od {date}</translation>
    </message>
    <message>
        <source>until {date}</source>
        <translation>do {date}</translation>
    </message>
</context>
<context>
    <name>GridSheet</name>
    <message>
        <source>Grid entry</source>
        <translation>Wpis kodami</translation>
    </message>
    <message>
        <source>Code or EAN</source>
        <translation>Kod lub EAN</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Ilość</translation>
    </message>
    <message>
        <source>A number</source>
        <translation>Liczba</translation>
    </message>
    <message>
        <source>No item has this code or EAN</source>
        <translation>Żaden towar nie ma tego kodu ani EAN</translation>
    </message>
</context>
<context>
    <name>GroupSheet</name>
    <message>
        <source>Groups of items</source>
        <translation>Grupy towarów</translation>
    </message>
</context>
<context>
    <name>GroupsSheet</name>
    <message>
        <source>Groups</source>
        <translation>Grupy</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Back</source>
        <translation>Wstecz</translation>
    </message>
</context>
<context>
    <name>ItemPage</name>
    <message>
        <source>New order</source>
        <translation>Nowe zamówienie</translation>
    </message>
    <message>
        <source>Last ordered: {quantity} on {date}</source>
        <translation>Ostatnio zamówiono: {quantity}, {date}</translation>
    </message>
    <message>
        <source>Ordered in</source>
        <translation>Zamówiono w</translation>
    </message>
    <message>
        <source>Open {document}</source>
        <translation>Otwórz {document}</translation>
    </message>
    <message>
        <source>This item is no longer there</source>
        <translation>Tego towaru już nie ma</translation>
    </message>
    <message>
        <source>The last synchronization took it away: the ERP does not have it any more.</source>
        <translation>Zniknął po ostatniej synchronizacji: system ERP już go nie ma.</translation>
    </message>
    <message>
        <source>Checking stock</source>
        <translation>Sprawdzanie stanu</translation>
    </message>
    <message>
        <source>Check stock now</source>
        <translation>Sprawdź stan teraz</translation>
    </message>
    <message>
        <source>Offline: the gateway is not reached. Stock can be checked as soon as the network is back.</source>
        <translation>Offline: brama nie odpowiada. Stan będzie można sprawdzić, gdy tylko wróci sieć.</translation>
    </message>
</context>
<context>
    <name>ItemPresenter</name>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
    <message>
        <source>Default list</source>
        <translation>Cennik domyślny</translation>
    </message>
    <message>
        <source>Prices without a customer</source>
        <translation>Ceny bez kontrahenta</translation>
    </message>
    <message>
        <source>Prices for</source>
        <translation>Ceny dla</translation>
    </message>
    <message>
        <source>Customer: name, code, town</source>
        <translation>Kontrahent: nazwa, kod, miejscowość</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Wyczyść wyszukiwanie</translation>
    </message>
    <message>
        <source>Items of a former document</source>
        <translation>Towary z wcześniejszego dokumentu</translation>
    </message>
    <message>
        <source>No former documents on this device</source>
        <translation>Na tym urządzeniu nie ma wcześniejszych dokumentów</translation>
    </message>
    <message>
        <source>Which one is it?</source>
        <translation>Który to towar?</translation>
    </message>
</context>
<context>
    <name>ItemTools</name>
    <message>
        <source>In stock</source>
        <translation>Na stanie</translation>
    </message>
    <message>
        <source>Former document</source>
        <translation>Z dokumentu</translation>
    </message>
</context>
<context>
    <name>Items</name>
    <message>
        <source>gross</source>
        <translation>brutto</translation>
    </message>
    <message>
        <source>net</source>
        <translation>netto</translation>
    </message>
    <message>
        <source>Price for {customer}</source>
        <translation>Cena dla: {customer}</translation>
    </message>
    <message>
        <source>Price of the default list</source>
        <translation>Cena z cennika domyślnego</translation>
    </message>
    <message>
        <source>Another customer</source>
        <translation>Inny kontrahent</translation>
    </message>
    <message>
        <source>List price {price}</source>
        <translation>Cena z cennika {price}</translation>
    </message>
    <message>
        <source>Why this price</source>
        <translation>Skąd ta cena</translation>
    </message>
    <message>
        <source>Promotion: {name}</source>
        <translation>Promocja: {name}</translation>
    </message>
    <message>
        <source>until {date}</source>
        <translation>do {date}</translation>
    </message>
    <message>
        <source>always: {what}</source>
        <translation>zawsze: {what}</translation>
    </message>
    <message>
        <source>from {amount}: {what}</source>
        <translation>od {amount}: {what}</translation>
    </message>
    <message>
        <source>{count} free</source>
        <translation>{count} gratis</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>Ceny</translation>
    </message>
    <message>
        <source>from {amount}</source>
        <translation>od {amount}</translation>
    </message>
    <message>
        <source>from {date}</source>
        <translation>od {date}</translation>
    </message>
    <message>
        <source>valid</source>
        <translation>obowiązuje</translation>
    </message>
    <message>
        <source>The lists on this device have no price for this item.</source>
        <translation>Cenniki na tym urządzeniu nie mają ceny tego towaru.</translation>
    </message>
    <message>
        <source>Stock</source>
        <translation>Stan magazynowy</translation>
    </message>
    <message>
        <source>Your unsent orders</source>
        <translation>Twoje niewysłane zamówienia</translation>
    </message>
    <message>
        <source>Can be sold</source>
        <translation>Do sprzedania</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>Jednostki</translation>
    </message>
    <message>
        <source>sales unit</source>
        <translation>jednostka sprzedaży</translation>
    </message>
    <message>
        <source>Attributes</source>
        <translation>Atrybuty</translation>
    </message>
    <message>
        <source>Open the link</source>
        <translation>Otwórz odnośnik</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Szczegóły</translation>
    </message>
    <message>
        <source>VAT</source>
        <translation>VAT</translation>
    </message>
    <message>
        <source>Tax class</source>
        <translation>Klasa podatkowa</translation>
    </message>
    <message>
        <source>Manufacturer</source>
        <translation>Producent</translation>
    </message>
    <message>
        <source>Net weight</source>
        <translation>Waga netto</translation>
    </message>
    <message>
        <source>Gross weight</source>
        <translation>Waga brutto</translation>
    </message>
    <message>
        <source>Promotion</source>
        <translation>Promocja</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Nowość</translation>
    </message>
    <message>
        <source>Best seller</source>
        <translation>Bestseller</translation>
    </message>
    <message>
        <source>Free shipping</source>
        <translation>Darmowa dostawa</translation>
    </message>
    <message>
        <source>no price</source>
        <translation>brak ceny</translation>
    </message>
    <message>
        <source>none</source>
        <translation>brak</translation>
    </message>
    <message>
        <source>{quantity} in stock</source>
        <translation>na stanie {quantity}</translation>
    </message>
    <message>
        <source>not in stock</source>
        <translation>brak na stanie</translation>
    </message>
    <message>
        <source>checked {time}</source>
        <translation>sprawdzono {time}</translation>
    </message>
    <message>
        <source>ERP: {age}</source>
        <translation>ERP: {age}</translation>
    </message>
    <message>
        <source>together: {parts}</source>
        <translation>razem: {parts}</translation>
    </message>
    <message>
        <source>what counts: {names}</source>
        <translation>co się liczy: {names}</translation>
    </message>
    <message>
        <source>what is cheaper: {names}</source>
        <translation>co jest tańsze: {names}</translation>
    </message>
    <message>
        <source>{what} on {units} of each {per}</source>
        <translation>{what} na {units} z każdych {per}</translation>
    </message>
</context>
<context>
    <name>ItemsPage</name>
    <message numerus="yes">
        <source>%n items</source>
        <translation>
            <numerusform>%n towar</numerusform>
            <numerusform>%n towary</numerusform>
            <numerusform>%n towarów</numerusform>
        </translation>
    </message>
    <message>
        <source>All items</source>
        <translation>Wszystkie towary</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Grupy</translation>
    </message>
    <message>
        <source>Groups of items</source>
        <translation>Grupy towarów</translation>
    </message>
    <message>
        <source>Prices for a customer</source>
        <translation>Ceny dla kontrahenta</translation>
    </message>
    <message>
        <source>Search all groups</source>
        <translation>Szukaj we wszystkich grupach</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Wyczyść filtry</translation>
    </message>
    <message>
        <source>Prices for {customer}</source>
        <translation>Ceny dla: {customer}</translation>
    </message>
    <message>
        <source>Prices of the default list</source>
        <translation>Ceny z cennika domyślnego</translation>
    </message>
    <message>
        <source>Show as a list</source>
        <translation>Pokaż jako listę</translation>
    </message>
    <message>
        <source>Show as tiles</source>
        <translation>Pokaż jako kafelki</translation>
    </message>
    <message>
        <source>Sort by name</source>
        <translation>Sortuj po nazwie</translation>
    </message>
    <message>
        <source>Sort by code</source>
        <translation>Sortuj po kodzie</translation>
    </message>
    <message>
        <source>All groups</source>
        <translation>Wszystkie grupy</translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{shown} z {total}</translation>
    </message>
    <message>
        <source>No item matches “{typed}”</source>
        <translation>Żaden towar nie pasuje do „{typed}”</translation>
    </message>
    <message>
        <source>Every word must begin a word of the name, the code or the EAN.</source>
        <translation>Każde słowo musi zaczynać słowo nazwy, kodu lub EAN.</translation>
    </message>
    <message>
        <source>No item is left</source>
        <translation>Nie został żaden towar</translation>
    </message>
    <message>
        <source>The filters leave none of the items on this device.</source>
        <translation>Filtry nie zostawiają żadnego towaru z tego urządzenia.</translation>
    </message>
    <message>
        <source>No items yet</source>
        <translation>Nie ma jeszcze towarów</translation>
    </message>
    <message>
        <source>The ERP has sent no items to this device.</source>
        <translation>System ERP nie przysłał towarów na to urządzenie.</translation>
    </message>
    <message>
        <source>Enter opens an item, plus adds it to an order.</source>
        <translation>Enter otwiera towar, plus dodaje go do zamówienia.</translation>
    </message>
</context>
<context>
    <name>Keypad</name>
    <message>
        <source>Decimal sign</source>
        <translation>Znak dziesiętny</translation>
    </message>
    <message>
        <source>Take the last digit back</source>
        <translation>Cofnij ostatnią cyfrę</translation>
    </message>
</context>
<context>
    <name>LeaveSheet</name>
    <message>
        <source>Leave “{name}”?</source>
        <translation>Opuścić „{name}”?</translation>
    </message>
    <message>
        <source>What was entered is not finished yet.</source>
        <translation>To, co wpisano, nie jest jeszcze zakończone.</translation>
    </message>
    <message>
        <source>It is done</source>
        <translation>Wykonane</translation>
    </message>
    <message>
        <source>It is not done, with a reason</source>
        <translation>Niewykonane, z powodem</translation>
    </message>
    <message>
        <source>Keep it and go on later</source>
        <translation>Zachowaj i dokończ później</translation>
    </message>
    <message>
        <source>Leave without keeping it</source>
        <translation>Wyjdź bez zachowania</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anuluj</translation>
    </message>
</context>
<context>
    <name>LineSheet</name>
    <message numerus="yes">
        <source>A number with at most %n decimals</source>
        <translation>
            <numerusform>Liczba z najwyżej %n miejscem po przecinku</numerusform>
            <numerusform>Liczba z najwyżej %n miejscami po przecinku</numerusform>
            <numerusform>Liczba z najwyżej %n miejscami po przecinku</numerusform>
        </translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Ilość</translation>
    </message>
    <message>
        <source>Your discount in percent</source>
        <translation>Twój rabat w procentach</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Opis</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Jednostka</translation>
    </message>
    <message>
        <source>Why this price</source>
        <translation>Skąd ta cena</translation>
    </message>
    <message>
        <source>Copy line</source>
        <translation>Kopiuj pozycję</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Usuń</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Gotowe</translation>
    </message>
    <message>
        <source>Your discount per {unit}, gross</source>
        <translation>Twój rabat za {unit}, brutto</translation>
    </message>
    <message>
        <source>Your discount per {unit}, net</source>
        <translation>Twój rabat za {unit}, netto</translation>
    </message>
    <message>
        <source>Your price per {unit}, gross</source>
        <translation>Twoja cena za {unit}, brutto</translation>
    </message>
    <message>
        <source>Your price per {unit}, net</source>
        <translation>Twoja cena za {unit}, netto</translation>
    </message>
    <message>
        <source>It was for another unit.</source>
        <translation>Kwota dotyczyła innej jednostki.</translation>
    </message>
    <message>
        <source>minimum price {price}</source>
        <translation>cena minimalna {price}</translation>
    </message>
    <message>
        <source>Why it comes back</source>
        <translation>Powód zwrotu</translation>
    </message>
    <message>
        <source>Price paid per {unit}, gross</source>
        <translation>Cena zapłacona za {unit}, brutto</translation>
    </message>
    <message>
        <source>Price paid per {unit}, net</source>
        <translation>Cena zapłacona za {unit}, netto</translation>
    </message>
</context>
<context>
    <name>LinkSheet</name>
    <message>
        <source>Cancel</source>
        <translation>Anuluj</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Otwórz</translation>
    </message>
    <message>
        <source>Open this web page?</source>
        <translation>Otworzyć tę stronę?</translation>
    </message>
    <message>
        <source>Call this number?</source>
        <translation>Zadzwonić pod ten numer?</translation>
    </message>
    <message>
        <source>Write to this address?</source>
        <translation>Napisać na ten adres?</translation>
    </message>
    <message>
        <source>Look for this place on the map?</source>
        <translation>Poszukać tego miejsca na mapie?</translation>
    </message>
    <message>
        <source>The browser shows the map of openstreetmap.org, which gets the place.</source>
        <translation>Przeglądarka pokaże mapę openstreetmap.org, która pozna to miejsce.</translation>
    </message>
    <message>
        <source>The phone program of this device gets the number.</source>
        <translation>Numer dostanie program telefoniczny tego urządzenia.</translation>
    </message>
    <message>
        <source>The mail program of this device gets the address. Nothing is sent by this.</source>
        <translation>Adres dostanie program pocztowy tego urządzenia. Nic nie zostanie przez to wysłane.</translation>
    </message>
    <message>
        <source>This device has no program for it. Nothing was opened, and your data are as they were.</source>
        <translation>To urządzenie nie ma do tego programu. Niczego nie otwarto, a dane są takie jak przedtem.</translation>
    </message>
    <message>
        <source>The browser goes to this site. Open it only if you know it.</source>
        <translation>Przeglądarka otworzy tę witrynę. Otwórz ją, tylko jeśli ją znasz.</translation>
    </message>
</context>
<context>
    <name>Links</name>
    <message>
        <source>not a plain web address: it is shown only, and not opened</source>
        <translation>to nie jest zwykły adres strony: widać go, ale się nie otwiera</translation>
    </message>
    <message>
        <source>not a plain phone number: it is shown only, and not dialled</source>
        <translation>to nie jest zwykły numer telefonu: widać go, ale nie jest wybierany</translation>
    </message>
    <message>
        <source>not one plain e-mail address: it is shown only, and not opened</source>
        <translation>to nie jest jeden zwykły adres e-mail: widać go, ale się nie otwiera</translation>
    </message>
</context>
<context>
    <name>Logon</name>
    <message numerus="yes">
        <source>%n records are not sent yet</source>
        <translation>
            <numerusform>%n rekord nie został jeszcze wysłany</numerusform>
            <numerusform>%n rekordy nie zostały jeszcze wysłane</numerusform>
            <numerusform>%n rekordów nie zostało jeszcze wysłanych</numerusform>
        </translation>
    </message>
    <message>
        <source>Log out all the same</source>
        <translation>Mimo to wyloguj</translation>
    </message>
    <message>
        <source>Stay logged on</source>
        <translation>Pozostań zalogowany</translation>
    </message>
    <message>
        <source>They stay on this device and are here again after the next logon. Another person cannot see them.</source>
        <translation>Pozostają na urządzeniu i będą tu po następnym logowaniu. Inna osoba ich nie zobaczy.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
    <message>
        <source>The password was changed</source>
        <translation>Hasło zostało zmienione</translation>
    </message>
    <message>
        <source>The password was not changed</source>
        <translation>Hasło nie zostało zmienione</translation>
    </message>
</context>
<context>
    <name>LogonPage</name>
    <message>
        <source>Logging on…</source>
        <translation>Logowanie…</translation>
    </message>
    <message>
        <source>Log on</source>
        <translation>Zaloguj</translation>
    </message>
    <message>
        <source>Login or password is wrong</source>
        <translation>Błędny login lub hasło</translation>
    </message>
    <message>
        <source>Capital and small letters differ: “JSS” is not “jss”.</source>
        <translation>Wielkość liter ma znaczenie: „JSS” to nie „jss”.</translation>
    </message>
    <message>
        <source>The gateway cannot be reached</source>
        <translation>Brama jest nieosiągalna</translation>
    </message>
    <message>
        <source>Check the network and the address {url}.</source>
        <translation>Sprawdź sieć i adres {url}.</translation>
    </message>
    <message>
        <source>Your day works without a network.</source>
        <translation>Twój dzień działa bez sieci.</translation>
    </message>
    <message>
        <source>Log on once while you are connected. What you enter stays on this device until the ERP has it.</source>
        <translation>Zaloguj się raz, mając połączenie. To, co wprowadzisz, zostaje na urządzeniu, aż trafi do ERP.</translation>
    </message>
    <message>
        <source>Gateway address</source>
        <translation>Adres bramy</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Hasło</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>Pokaż hasło</translation>
    </message>
    <message>
        <source>Hide the password</source>
        <translation>Ukryj hasło</translation>
    </message>
    <message>
        <source>Remember me on this device</source>
        <translation>Zapamiętaj mnie na tym urządzeniu</translation>
    </message>
    <message>
        <source>This is needed to log on.</source>
        <translation>Pole wymagane do zalogowania.</translation>
    </message>
    <message>
        <source>This device has no network</source>
        <translation>Urządzenie nie ma połączenia z siecią</translation>
    </message>
    <message>
        <source>Connect it to a network, then log on again.</source>
        <translation>Połącz je z siecią i zaloguj się ponownie.</translation>
    </message>
    <message>
        <source>Try again in a few minutes; if it stays, tell the back office.</source>
        <translation>Spróbuj ponownie za kilka minut; jeśli problem się powtórzy, powiadom biuro.</translation>
    </message>
</context>
<context>
    <name>Order</name>
    <message>
        <source>{goods} free</source>
        <translation>{goods} gratis</translation>
    </message>
    <message>
        <source>for {amount} more: {brings}</source>
        <translation>za {amount} więcej: {brings}</translation>
    </message>
    <message>
        <source>{count} more to reach {brings}</source>
        <translation>jeszcze {count} do {brings}</translation>
    </message>
    <message>
        <source>There are no items in it yet.</source>
        <translation>Nie ma jeszcze żadnych towarów.</translation>
    </message>
    <message>
        <source>Choose a customer first.</source>
        <translation>Najpierw wybierz kontrahenta.</translation>
    </message>
    <message>
        <source>The customer has this order already today, with the same items and quantities: {number}.</source>
        <translation>Klient ma dziś już takie zamówienie, z tymi samymi towarami i ilościami: {number}.</translation>
    </message>
    <message>
        <source>It has {lines} lines, and at most {most} can be sent in one document: split it.</source>
        <translation>Dokument ma {lines} pozycji, a w jednym można wysłać najwyżej {most}: podziel go.</translation>
    </message>
    <message>
        <source>It is larger than what can be sent in one document: split it, or shorten its descriptions.</source>
        <translation>Dokument jest większy, niż można wysłać w jednym: podziel go albo skróć opisy.</translation>
    </message>
    <message>
        <source>It fills {percent} % of what can be sent in one document: begin another one soon.</source>
        <translation>Dokument zajmuje {percent} % tego, co można wysłać w jednym: wkrótce zacznij następny.</translation>
    </message>
    <message>
        <source>This item has no price in the customer&apos;s price list: ask the office.</source>
        <translation>Towar nie ma ceny w cenniku kontrahenta: zapytaj biuro.</translation>
    </message>
    <message>
        <source>There is no exchange rate for this currency: synchronize, or ask the office.</source>
        <translation>Brak kursu tej waluty: zsynchronizuj albo zapytaj biuro.</translation>
    </message>
    <message>
        <source>The customer&apos;s price list is not on this device; another one is used.</source>
        <translation>Cennika kontrahenta nie ma na tym urządzeniu; użyto innego.</translation>
    </message>
    <message>
        <source>The discount is above your limit of {limit} %.</source>
        <translation>Rabat przekracza Twój limit {limit} %.</translation>
    </message>
    <message>
        <source>There is no price list for this customer: ask the office.</source>
        <translation>Brak cennika dla tego kontrahenta: zapytaj biuro.</translation>
    </message>
    <message>
        <source>This item is no longer on this device: take it out.</source>
        <translation>Tego towaru nie ma już na urządzeniu: usuń go.</translation>
    </message>
    <message>
        <source>This item is not sold in this unit: choose another one.</source>
        <translation>Towaru nie sprzedaje się w tej jednostce: wybierz inną.</translation>
    </message>
    <message>
        <source>The quantity must be above zero.</source>
        <translation>Ilość musi być większa od zera.</translation>
    </message>
    <message>
        <source>This item has no VAT rate: it is counted without VAT. Ask the office.</source>
        <translation>Towar nie ma stawki VAT: policzono go bez VAT. Zapytaj biuro.</translation>
    </message>
    <message>
        <source>The price list is not valid today: another one is used.</source>
        <translation>Cennik dziś nie obowiązuje: użyto innego.</translation>
    </message>
    <message>
        <source>A discount below zero does not count.</source>
        <translation>Rabat poniżej zera się nie liczy.</translation>
    </message>
    <message>
        <source>The customer is not on this device: general prices are used.</source>
        <translation>Kontrahenta nie ma na tym urządzeniu: użyto cen ogólnych.</translation>
    </message>
    <message>
        <source>What a promotion gives away is not on this device: left out.</source>
        <translation>Gratisu z promocji nie ma na tym urządzeniu: pominięto go.</translation>
    </message>
    <message>
        <source>Prices are {hours} h old, the limit is {limit} h: synchronize first.</source>
        <translation>Ceny mają {hours} h, limit to {limit} h: najpierw zsynchronizuj.</translation>
    </message>
    <message>
        <source>The customer is blocked: the office will hold the order back.</source>
        <translation>Kontrahent jest zablokowany: biuro wstrzyma zamówienie.</translation>
    </message>
    <message>
        <source>This line cannot be priced ({code}).</source>
        <translation>Tej pozycji nie można wycenić ({code}).</translation>
    </message>
    <message>
        <source>Price list</source>
        <translation>Cennik</translation>
    </message>
    <message>
        <source>Conversion of units</source>
        <translation>Przeliczenie jednostek</translation>
    </message>
    <message>
        <source>Conversion of currencies</source>
        <translation>Przeliczenie walut</translation>
    </message>
    <message>
        <source>Discounts and surcharges</source>
        <translation>Rabaty i dopłaty</translation>
    </message>
    <message>
        <source>Customer&apos;s discount</source>
        <translation>Rabat kontrahenta</translation>
    </message>
    <message>
        <source>Promotion</source>
        <translation>Promocja</translation>
    </message>
    <message>
        <source>Your own discount</source>
        <translation>Twój rabat</translation>
    </message>
    <message>
        <source>Discount of the document</source>
        <translation>Rabat od dokumentu</translation>
    </message>
    <message>
        <source>Rounding</source>
        <translation>Zaokrąglenie</translation>
    </message>
    <message>
        <source>Nothing has proven the prices yet: synchronize first.</source>
        <translation>Ceny nie zostały jeszcze sprawdzone: najpierw zsynchronizuj.</translation>
    </message>
    <message>
        <source>The credit limit would be exceeded by {over} {currency}: of {limit} are {used} used, {unsent} in your unsent orders, {this} in this one.</source>
        <translation>Limit kredytowy zostałby przekroczony o {over} {currency}: z {limit} wykorzystano {used}, w niewysłanych zamówieniach {unsent}, w tym {this}.</translation>
    </message>
    <message>
        <source>{amount} {currency} of this customer are overdue.</source>
        <translation>Ten kontrahent ma {amount} {currency} po terminie.</translation>
    </message>
    <message>
        <source>for the item</source>
        <translation>dla towaru</translation>
    </message>
    <message>
        <source>for the group</source>
        <translation>dla grupy</translation>
    </message>
    <message>
        <source>for customer and item</source>
        <translation>dla kontrahenta i towaru</translation>
    </message>
    <message>
        <source>for customer and group</source>
        <translation>dla kontrahenta i grupy</translation>
    </message>
    <message>
        <source>for customer class and item</source>
        <translation>dla klasy kontrahenta i towaru</translation>
    </message>
    <message>
        <source>for customer class and group</source>
        <translation>dla klasy kontrahenta i grupy</translation>
    </message>
    <message numerus="yes">
        <source>This unit is sold with at most %n decimals.</source>
        <translation>
            <numerusform>Tę jednostkę sprzedaje się z najwyżej %n miejscem po przecinku.</numerusform>
            <numerusform>Tę jednostkę sprzedaje się z najwyżej %n miejscami po przecinku.</numerusform>
            <numerusform>Tę jednostkę sprzedaje się z najwyżej %n miejscami po przecinku.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>With your %n other drafts the credit limit is exceeded by {over} {currency}.</source>
        <translation>
            <numerusform>Razem z %n innym szkicem limit kredytowy będzie przekroczony o {over} {currency}.</numerusform>
            <numerusform>Razem z %n innymi szkicami limit kredytowy będzie przekroczony o {over} {currency}.</numerusform>
            <numerusform>Razem z %n innymi szkicami limit kredytowy będzie przekroczony o {over} {currency}.</numerusform>
        </translation>
    </message>
    <message>
        <source>Only {available} can be sold.</source>
        <translation>Można sprzedać tylko {available}.</translation>
    </message>
    <message>
        <source>Nothing of it is left to sell, own unsent orders counted.</source>
        <translation>Nic już nie zostało do sprzedania, licząc własne niewysłane zamówienia.</translation>
    </message>
    <message>
        <source>Began a new order for {customer}</source>
        <translation>Rozpoczęto nowe zamówienie: {customer}</translation>
    </message>
    <message>
        <source>Added to the new order for {customer}</source>
        <translation>Dodano do nowego zamówienia: {customer}</translation>
    </message>
    <message>
        <source>{item}: {quantity}</source>
        <translation>{item}: {quantity}</translation>
    </message>
    <message>
        <source>Your profile does not let you write this kind of document: ask the office.</source>
        <translation>Twój profil nie pozwala wystawiać dokumentów tego rodzaju: zapytaj biuro.</translation>
    </message>
    <message>
        <source>The office has set up no numbers for this kind of document: it stays a draft until it has.</source>
        <translation>Biuro nie założyło numeracji dla dokumentów tego rodzaju: dokument pozostanie szkicem, dopóki jej nie założy.</translation>
    </message>
    <message>
        <source>The promotion {promotion} cannot be read and does not count: ask the office.</source>
        <translation>Nie można odczytać promocji {promotion}, więc się nie liczy: zapytaj biuro.</translation>
    </message>
    <message>
        <source>What this price follows from cannot be read: ask the office.</source>
        <translation>Nie można odczytać danych, z których wynika ta cena: zapytaj biuro.</translation>
    </message>
    <message>
        <source>This is more than ten times the most that was ordered of it before, {largest} {base_unit}.</source>
        <translation>To ponad dziesięć razy więcej niż najwięcej, ile dotąd zamówiono: {largest} {base_unit}.</translation>
    </message>
    <message>
        <source>{quantity} {of_unit} is an unusual quantity.</source>
        <translation>{quantity} {of_unit} to niezwykła ilość.</translation>
    </message>
    <message>
        <source>Your discount does not change the price of this line.</source>
        <translation>Twój rabat nie zmienia ceny tej pozycji.</translation>
    </message>
    <message>
        <source>The credit limit of {limit} {currency} cannot be checked: there is no exchange rate between {foreign} and {currency}.</source>
        <translation>Nie można sprawdzić limitu kredytowego {limit} {currency}: brak kursu wymiany między {foreign} a {currency}.</translation>
    </message>
    <message>
        <source>{name} is no longer among your customers: choose another one in Details, or ask the office.</source>
        <translation>{name} nie należy już do Twoich klientów: wybierz innego w Szczegółach albo zapytaj biuro.</translation>
    </message>
    <message>
        <source>This item is no longer sold: take it out, or choose another one.</source>
        <translation>Ten towar nie jest już sprzedawany: usuń go albo wybierz inny.</translation>
    </message>
    <message>
        <source>This item is no longer sold in this unit: choose another one.</source>
        <translation>Ten towar nie jest już sprzedawany w tej jednostce: wybierz inną.</translation>
    </message>
    <message>
        <source>The payment form is no longer offered: choose another one in Details.</source>
        <translation>Ta forma płatności nie jest już dostępna: wybierz inną w Szczegółach.</translation>
    </message>
    <message>
        <source>The warehouse is no longer offered: choose another one in Details.</source>
        <translation>Ten magazyn nie jest już dostępny: wybierz inny w Szczegółach.</translation>
    </message>
    <message>
        <source>The price list is no longer offered: choose the customer again in Details.</source>
        <translation>Ten cennik nie jest już dostępny: wybierz klienta ponownie w Szczegółach.</translation>
    </message>
    <message>
        <source>The customer no longer has this delivery address: choose another one in Details.</source>
        <translation>Klient nie ma już tego adresu dostawy: wybierz inny w Szczegółach.</translation>
    </message>
    <message>
        <source>The delivery date {day} has passed: choose a later one in Details.</source>
        <translation>Data dostawy {day} już minęła: wybierz późniejszą w Szczegółach.</translation>
    </message>
    <message>
        <source>It keeps its date, {day}, because it has its number already.</source>
        <translation>Zachowuje datę {day}, ponieważ ma już numer.</translation>
    </message>
    <message>
        <source>Your price is above the price of {price}: it does not count.</source>
        <translation>Twoja cena jest wyższa niż cena {price}: nie liczy się.</translation>
    </message>
    <message>
        <source>Above your limit of {limit} %: your lowest price is {lowest}.</source>
        <translation>Powyżej Twojego limitu {limit} %: Twoja najniższa cena to {lowest}.</translation>
    </message>
    <message>
        <source>Above your limit of {limit} %: you can take off at most {most}.</source>
        <translation>Powyżej Twojego limitu {limit} %: możesz odjąć najwyżej {most}.</translation>
    </message>
    <message>
        <source>Your own price</source>
        <translation>Twoja własna cena</translation>
    </message>
    <message>
        <source>{quantity} {base_unit} is more than your limit of {limit} {base_unit}.</source>
        <translation>{quantity} {base_unit} to więcej niż Twój limit: {limit} {base_unit}.</translation>
    </message>
    <message>
        <source>Its minimum price cannot be checked: there is no exchange rate for this currency.</source>
        <translation>Nie można sprawdzić ceny minimalnej: brak kursu tej waluty.</translation>
    </message>
    <message>
        <source>Below the minimum price of {lowest}: raise your price or lower your discount.</source>
        <translation>Poniżej ceny minimalnej {lowest}: podnieś cenę lub zmniejsz rabat.</translation>
    </message>
    <message>
        <source>The price is below the minimum price of {lowest}.</source>
        <translation>Cena jest niższa niż cena minimalna {lowest}.</translation>
    </message>
    <message>
        <source>{name} was merged into {into}: choose {into} in Details.</source>
        <translation>{name} połączono z klientem {into}: wybierz {into} w Szczegółach.</translation>
    </message>
    <message>
        <source>{name} was merged into a customer who is not among yours: ask the office.</source>
        <translation>{name} połączono z klientem, który do Ciebie nie należy: zapytaj biuro.</translation>
    </message>
    <message>
        <source>Net price for the tax class</source>
        <translation>Cena netto dla klasy podatkowej</translation>
    </message>
    <message>
        <source>Payment form</source>
        <translation>Forma płatności</translation>
    </message>
    <message>
        <source>For this customer&apos;s tax class ({tax_class}) there is no VAT rate: {rate} is used. Ask the office.</source>
        <translation>Dla klasy podatkowej tego klienta ({tax_class}) nie ma stawki VAT: użyto {rate}. Zapytaj biuro.</translation>
    </message>
    <message>
        <source>This device shows {here}, and the gateway {there}: set its clock, for the date decides prices.</source>
        <translation>To urządzenie pokazuje {here}, a brama {there}: ustaw zegar, bo od daty zależą ceny.</translation>
    </message>
    <message>
        <source>{count} more for a bundle at {price}</source>
        <translation>jeszcze {count} do zestawu za {price}</translation>
    </message>
    <message>
        <source>{count} more: {brings} on {units} of each {per}</source>
        <translation>jeszcze {count}: {brings} na {units} z każdych {per}</translation>
    </message>
    <message>
        <source>For the tax class {tax_class} the order needs the customer&apos;s tax number: ask for it.</source>
        <translation>Klasa podatkowa klienta ({tax_class}) wymaga jego numeru NIP na zamówieniu: zapytaj o niego.</translation>
    </message>
    <message>
        <source>Price that was paid</source>
        <translation>Cena zapłacona</translation>
    </message>
    <message>
        <source>Say why it comes back.</source>
        <translation>Podaj powód zwrotu.</translation>
    </message>
    <message>
        <source>{of} sold only {sold} {of_unit} of it.</source>
        <translation>Na {of} sprzedano tylko {sold} {of_unit}.</translation>
    </message>
</context>
<context>
    <name>OrderPage</name>
    <message>
        <source>Details</source>
        <translation>Szczegóły</translation>
    </message>
    <message>
        <source>Last orders</source>
        <translation>Ostatnie zamówienia</translation>
    </message>
    <message>
        <source>Promotion</source>
        <translation>Promocja</translation>
    </message>
    <message>
        <source>All items</source>
        <translation>Wszystkie towary</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Grupy</translation>
    </message>
    <message>
        <source>Grid entry</source>
        <translation>Wpis kodami</translation>
    </message>
    <message>
        <source>Items to pick</source>
        <translation>Towary do wyboru</translation>
    </message>
    <message>
        <source>New quote</source>
        <translation>Nowa oferta</translation>
    </message>
    <message>
        <source>New order</source>
        <translation>Nowe zamówienie</translation>
    </message>
    <message>
        <source>Quote {number}</source>
        <translation>Oferta {number}</translation>
    </message>
    <message>
        <source>Order {number}</source>
        <translation>Zamówienie {number}</translation>
    </message>
    <message>
        <source>draft, saved {time}</source>
        <translation>szkic, zapisano {time}</translation>
    </message>
    <message>
        <source>No customer chosen</source>
        <translation>Nie wybrano kontrahenta</translation>
    </message>
    <message>
        <source>Promotion reached</source>
        <translation>Osiągnięto promocję</translation>
    </message>
    <message>
        <source>The signature was removed</source>
        <translation>Podpis został usunięty</translation>
    </message>
    <message>
        <source>The content has changed since it was signed. Have it signed again.</source>
        <translation>Treść zmieniła się od czasu podpisania. Poproś o ponowny podpis.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
    <message>
        <source>It was {before}, at today&apos;s prices it is {after}.</source>
        <translation>Było {before}, po dzisiejszych cenach jest {after}.</translation>
    </message>
    <message>
        <source>Nothing matches “{typed}”</source>
        <translation>Nic nie pasuje do „{typed}”</translation>
    </message>
    <message>
        <source>Search in names, codes and EANs; every word must begin a word of the item.</source>
        <translation>Szukaj w nazwach, kodach i EAN; każde słowo musi zaczynać słowo towaru.</translation>
    </message>
    <message>
        <source>No items here</source>
        <translation>Brak towarów</translation>
    </message>
    <message>
        <source>Choose “All items”, or search.</source>
        <translation>Wybierz „Wszystkie towary” albo szukaj.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Cofnij</translation>
    </message>
    <message>
        <source>Promotion reached: {names}</source>
        <translation>Osiągnięto promocję: {names}</translation>
    </message>
    <message>
        <source>Line removed</source>
        <translation>Usunięto pozycję</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Cofnij</translation>
    </message>
    <message>
        <source>Line removed: {names}</source>
        <translation>Usunięto: {names}</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Cofnięto</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Ponów</translation>
    </message>
    <message>
        <source>This copy differs</source>
        <translation>Ta kopia się różni</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Pokaż</translation>
    </message>
    <message>
        <source>It is priced with the newest data now.</source>
        <translation>Ceny policzono według najnowszych danych.</translation>
    </message>
    <message>
        <source>It has today&apos;s date now</source>
        <translation>Ma teraz dzisiejszą datę</translation>
    </message>
    <message>
        <source>Dated {day}, delivery on {delivery}; today&apos;s prices and promotions count.</source>
        <translation>Data {day}, dostawa {delivery}; obowiązują dzisiejsze ceny i promocje.</translation>
    </message>
    <message numerus="yes">
        <source>%n prices have changed</source>
        <translation>
            <numerusform>Zmieniła się %n cena</numerusform>
            <numerusform>Zmieniły się %n ceny</numerusform>
            <numerusform>Zmieniło się %n cen</numerusform>
        </translation>
    </message>
    <message>
        <source>Own prices and amounts were removed</source>
        <translation>Usunięto własne ceny i kwoty</translation>
    </message>
    <message>
        <source>They were in the other currency. Discounts in percent stay.</source>
        <translation>Były w innej walucie. Rabaty procentowe pozostają.</translation>
    </message>
    <message>
        <source>It was rejected</source>
        <translation>Dokument odrzucono</translation>
    </message>
    <message>
        <source>signed by {name}</source>
        <translation>podpis: {name}</translation>
    </message>
    <message>
        <source>New return</source>
        <translation>Nowy zwrot</translation>
    </message>
    <message>
        <source>Return {number}</source>
        <translation>Zwrot {number}</translation>
    </message>
</context>
<context>
    <name>OrderPresenter</name>
    <message>
        <source>Open</source>
        <translation>Otwórz</translation>
    </message>
    <message>
        <source>Whose is it instead?</source>
        <translation>Czyj ma być zamiast tego?</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
    <message>
        <source>Search: name, code, town</source>
        <translation>Szukaj: nazwa, kod, miejscowość</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Wyczyść wyszukiwanie</translation>
    </message>
</context>
<context>
    <name>OrderScanning</name>
    <message>
        <source>Which one is it?</source>
        <translation>Który to towar?</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
    <message>
        <source>Scanned: {code}</source>
        <translation>Zeskanowano: {code}</translation>
    </message>
    <message>
        <source>Add it to the open order</source>
        <translation>Dodaj do otwartego zamówienia</translation>
    </message>
    <message>
        <source>Show the item</source>
        <translation>Pokaż towar</translation>
    </message>
    <message>
        <source>The order stays as it is</source>
        <translation>Zamówienie się nie zmieni</translation>
    </message>
</context>
<context>
    <name>Outcome</name>
    <message>
        <source>Stopped; nothing is lost</source>
        <translation>Zatrzymano; nic nie przepadło</translation>
    </message>
    <message>
        <source>The gateway was not reached</source>
        <translation>Brama nie odpowiedziała</translation>
    </message>
    <message>
        <source>The gateway asks for a new logon</source>
        <translation>Brama wymaga ponownego logowania</translation>
    </message>
    <message>
        <source>The synchronization did not succeed</source>
        <translation>Synchronizacja nie powiodła się</translation>
    </message>
    <message>
        <source>{correct} of {total} objects correct</source>
        <translation>Poprawne obiekty: {correct} z {total}</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Poprawna</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Zatrzymana</translation>
    </message>
    <message>
        <source>No network</source>
        <translation>Brak sieci</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Błąd</translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n błąd</numerusform>
            <numerusform>%n błędy</numerusform>
            <numerusform>%n błędów</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held back</source>
        <translation>
            <numerusform>%n wstrzymany</numerusform>
            <numerusform>%n wstrzymane</numerusform>
            <numerusform>%n wstrzymanych</numerusform>
        </translation>
    </message>
    <message>
        <source>This device is blocked</source>
        <translation>To urządzenie jest zablokowane</translation>
    </message>
    <message numerus="yes">
        <source>%n records rejected</source>
        <translation>
            <numerusform>%n rekord odrzucony</numerusform>
            <numerusform>%n rekordy odrzucone</numerusform>
            <numerusform>%n rekordów odrzuconych</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n rejected</source>
        <translation>
            <numerusform>%n odrzucony</numerusform>
            <numerusform>%n odrzucone</numerusform>
            <numerusform>%n odrzuconych</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OwnTerms</name>
    <message>
        <source>Amount</source>
        <translation>Kwota</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Cena</translation>
    </message>
    <message>
        <source>The discount is given as</source>
        <translation>Rabat podany jako</translation>
    </message>
    <message>
        <source>At most {limit} %</source>
        <translation>Najwyżej {limit} %</translation>
    </message>
    <message>
        <source>Type a number</source>
        <translation>Wpisz liczbę</translation>
    </message>
</context>
<context>
    <name>Paper</name>
    <message>
        <source>Sales quote</source>
        <translation>Oferta sprzedaży</translation>
    </message>
    <message>
        <source>Sales order</source>
        <translation>Zamówienie sprzedaży</translation>
    </message>
    <message>
        <source>(draft)</source>
        <translation>(szkic)</translation>
    </message>
    <message>
        <source>Date: {date}</source>
        <translation>Data: {date}</translation>
    </message>
    <message>
        <source>Delivery: {date}</source>
        <translation>Dostawa: {date}</translation>
    </message>
    <message>
        <source>Payment: {form}</source>
        <translation>Płatność: {form}</translation>
    </message>
    <message>
        <source>Number in the ERP: {number}</source>
        <translation>Numer w ERP: {number}</translation>
    </message>
    <message>
        <source>Page {number} of {count}</source>
        <translation>Strona {number} z {count}</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kontrahent</translation>
    </message>
    <message>
        <source>Tax ID {number}</source>
        <translation>NIP {number}</translation>
    </message>
    <message>
        <source>Deliver to: {address}</source>
        <translation>Dostawa na adres: {address}</translation>
    </message>
    <message>
        <source>Values include the document&apos;s discount of {percent} %</source>
        <translation>Wartości zawierają rabat dokumentu {percent} %</translation>
    </message>
    <message>
        <source>Price gross</source>
        <translation>Cena brutto</translation>
    </message>
    <message>
        <source>Item</source>
        <translation>Towar</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Ilość</translation>
    </message>
    <message>
        <source>Price net</source>
        <translation>Cena netto</translation>
    </message>
    <message>
        <source>Net</source>
        <translation>Netto</translation>
    </message>
    <message>
        <source>free</source>
        <translation>gratis</translation>
    </message>
    <message>
        <source>VAT</source>
        <translation>VAT</translation>
    </message>
    <message>
        <source>Gross</source>
        <translation>Brutto</translation>
    </message>
    <message>
        <source>VAT rate</source>
        <translation>Stawka VAT</translation>
    </message>
    <message>
        <source>Together</source>
        <translation>Razem</translation>
    </message>
    <message>
        <source>To pay</source>
        <translation>Do zapłaty</translation>
    </message>
    <message>
        <source>Signature of the customer</source>
        <translation>Podpis kontrahenta</translation>
    </message>
    <message>
        <source>Not yet accepted by the ERP ({state})</source>
        <translation>Jeszcze nieprzyjęte przez ERP ({state})</translation>
    </message>
    <message>
        <source>Values include the document&apos;s discount of {amount}</source>
        <translation>Wartości zawierają rabat od dokumentu {amount}</translation>
    </message>
    <message>
        <source>Included: payment form {name} {amount}</source>
        <translation>Uwzględniono: forma płatności {name} {amount}</translation>
    </message>
    <message>
        <source>Return of goods</source>
        <translation>Zwrot towaru</translation>
    </message>
    <message>
        <source>Reason: {reason}</source>
        <translation>Powód: {reason}</translation>
    </message>
    <message>
        <source>To be credited</source>
        <translation>Do zwrotu</translation>
    </message>
</context>
<context>
    <name>PasswordSheet</name>
    <message>
        <source>Change the password</source>
        <translation>Zmień hasło</translation>
    </message>
    <message>
        <source>Your other devices will ask for the new password.</source>
        <translation>Twoje inne urządzenia poproszą o nowe hasło.</translation>
    </message>
    <message>
        <source>Current password</source>
        <translation>Dotychczasowe hasło</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Nowe hasło</translation>
    </message>
    <message>
        <source>New password again</source>
        <translation>Powtórz nowe hasło</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>Pokaż hasło</translation>
    </message>
    <message>
        <source>Hide the password</source>
        <translation>Ukryj hasło</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anuluj</translation>
    </message>
    <message>
        <source>Changing…</source>
        <translation>Zmieniam…</translation>
    </message>
    <message>
        <source>The password is as before. Try again where this device reaches the gateway.</source>
        <translation>Hasło jest takie jak przedtem. Spróbuj ponownie tam, gdzie to urządzenie łączy się z bramką.</translation>
    </message>
    <message>
        <source>This is needed.</source>
        <translation>To pole jest wymagane.</translation>
    </message>
    <message>
        <source>It differs from the new password above.</source>
        <translation>Różni się od nowego hasła powyżej.</translation>
    </message>
</context>
<context>
    <name>PhotoRows</name>
    <message>
        <source>Send to the ERP</source>
        <translation>Wyślij do ERP</translation>
    </message>
    <message>
        <source>Take {name} out</source>
        <translation>Usuń {name}</translation>
    </message>
</context>
<context>
    <name>PickDelegate</name>
    <message>
        <source>not in stock</source>
        <translation>brak w magazynie</translation>
    </message>
    <message>
        <source>last {quantity}</source>
        <translation>ostatnio {quantity}</translation>
    </message>
    <message>
        <source>no price</source>
        <translation>brak ceny</translation>
    </message>
</context>
<context>
    <name>PicturePanel</name>
    <message>
        <source>Zoom the picture</source>
        <translation>Powiększ zdjęcie</translation>
    </message>
    <message>
        <source>Picture {number}</source>
        <translation>Zdjęcie {number}</translation>
    </message>
    <message>
        <source>Add a photo or a file</source>
        <translation>Dodaj zdjęcie lub plik</translation>
    </message>
</context>
<context>
    <name>PlanPage</name>
    <message>
        <source>Without a template</source>
        <translation>Bez wzorca</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Zaplanuj</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nazwa</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Wzorzec</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Customers</source>
        <translation>Kontrahenci</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Opis</translation>
    </message>
    <message>
        <source>The office has to approve it first</source>
        <translation>Biuro musi ją najpierw zaakceptować</translation>
    </message>
    <message>
        <source>Add customers</source>
        <translation>Dodaj kontrahentów</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Podgląd</translation>
    </message>
    <message>
        <source>Each customer gets an appointment, one after the other.</source>
        <translation>Każdy kontrahent dostaje wizytę, jedna po drugiej.</translation>
    </message>
    <message>
        <source>Without a customer</source>
        <translation>Bez kontrahenta</translation>
    </message>
    <message>
        <source>A name</source>
        <translation>Nazwa</translation>
    </message>
    <message>
        <source>Take {name} away</source>
        <translation>Usuń: {name}</translation>
    </message>
    <message numerus="yes">
        <source>%n customers</source>
        <translation>
            <numerusform>%n kontrahent</numerusform>
            <numerusform>%n kontrahentów</numerusform>
            <numerusform>%n kontrahentów</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlanPresenter</name>
    <message>
        <source>Whom to visit</source>
        <translation>Kogo odwiedzić</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
    <message>
        <source>Search: name, code, town</source>
        <translation>Szukaj: nazwa, kod, miejscowość</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Wyczyść wyszukiwanie</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>Wybrany</translation>
    </message>
</context>
<context>
    <name>PreviewSheet</name>
    <message>
        <source>At the same time: {names}</source>
        <translation>W tym samym czasie: {names}</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Zapisz</translation>
    </message>
    <message numerus="yes">
        <source>%n appointments</source>
        <translation>
            <numerusform>%n wizyta</numerusform>
            <numerusform>%n wizyty</numerusform>
            <numerusform>%n wizyt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PriceSheet</name>
    <message>
        <source>Why {price}</source>
        <translation>Skąd {price}</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopiuj</translation>
    </message>
    <message>
        <source>Add {count}</source>
        <translation>Dodaj {count}</translation>
    </message>
    <message>
        <source>up to {limit} % allowed</source>
        <translation>dozwolone do {limit} %</translation>
    </message>
    <message>
        <source>Your discount</source>
        <translation>Twój rabat</translation>
    </message>
    <message>
        <source>Unit price, rounded</source>
        <translation>Cena jednostkowa, zaokrąglona</translation>
    </message>
    <message>
        <source>Unit price</source>
        <translation>Cena jednostkowa</translation>
    </message>
    <message>
        <source>half up, after the last step</source>
        <translation>w górę od połowy, po ostatnim kroku</translation>
    </message>
    <message>
        <source>gross</source>
        <translation>brutto</translation>
    </message>
    <message>
        <source>net</source>
        <translation>netto</translation>
    </message>
    <message>
        <source>valid since {date}</source>
        <translation>obowiązuje od {date}</translation>
    </message>
    <message>
        <source>level {number} of 6</source>
        <translation>poziom {number} z 6</translation>
    </message>
    <message>
        <source>the scale from {start} is reached</source>
        <translation>osiągnięto próg od {start}</translation>
    </message>
    <message>
        <source>applies always</source>
        <translation>obowiązuje zawsze</translation>
    </message>
    <message>
        <source>from {start}: {gives}</source>
        <translation>od {start}: {gives}</translation>
    </message>
    <message>
        <source>Line net, {quantity} {times} {price}</source>
        <translation>Pozycja netto, {quantity} {times} {price}</translation>
    </message>
    <message>
        <source>VAT {percent} %</source>
        <translation>VAT {percent} %</translation>
    </message>
    <message>
        <source>Line gross</source>
        <translation>Pozycja brutto</translation>
    </message>
    <message>
        <source>none given</source>
        <translation>nie udzielono</translation>
    </message>
    <message>
        <source>Line net</source>
        <translation>Pozycja netto</translation>
    </message>
</context>
<context>
    <name>ProgressTree</name>
    <message>
        <source>Progress of all objects</source>
        <translation>Postęp wszystkich obiektów</translation>
    </message>
</context>
<context>
    <name>QuantityField</name>
    <message>
        <source>{name}: one less</source>
        <translation>{name}: o jeden mniej</translation>
    </message>
    <message>
        <source>{name}: one more</source>
        <translation>{name}: o jeden więcej</translation>
    </message>
    <message>
        <source>{name}: keys for fingers</source>
        <translation>{name}: klawisze dla palców</translation>
    </message>
</context>
<context>
    <name>QuestionField</name>
    <message>
        <source>Yes</source>
        <translation>Tak</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>This question needs an answer</source>
        <translation>To pytanie wymaga odpowiedzi</translation>
    </message>
    <message>
        <source>A number</source>
        <translation>Liczba</translation>
    </message>
    <message>
        <source>One of these</source>
        <translation>Jedna z tych odpowiedzi</translation>
    </message>
</context>
<context>
    <name>ReasonSheet</name>
    <message>
        <source>Reason</source>
        <translation>Powód</translation>
    </message>
    <message>
        <source>Write the reason first.</source>
        <translation>Najpierw wpisz powód.</translation>
    </message>
</context>
<context>
    <name>Receipt</name>
    <message numerus="yes">
        <source>%n elements</source>
        <translation>
            <numerusform>%n element</numerusform>
            <numerusform>%n elementy</numerusform>
            <numerusform>%n elementów</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n pozycja</numerusform>
            <numerusform>%n pozycje</numerusform>
            <numerusform>%n pozycji</numerusform>
        </translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Szkic</translation>
    </message>
    <message>
        <source>On device</source>
        <translation>Na urządzeniu</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>Wstrzymane</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>Wysyłane</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Odebrane</translation>
    </message>
    <message>
        <source>In ERP</source>
        <translation>W ERP</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Odrzucone</translation>
    </message>
    <message>
        <source>Voided</source>
        <translation>Anulowane</translation>
    </message>
    <message>
        <source>Stays here</source>
        <translation>Pozostaje tutaj</translation>
    </message>
    <message>
        <source>waits for customer</source>
        <translation>czeka na kontrahenta</translation>
    </message>
    <message>
        <source>New quote</source>
        <translation>Nowa oferta</translation>
    </message>
    <message>
        <source>New order</source>
        <translation>Nowe zamówienie</translation>
    </message>
    <message>
        <source>Customer: {name}</source>
        <translation>Kontrahent: {name}</translation>
    </message>
    <message>
        <source>Appointment: {name}</source>
        <translation>Wizyta: {name}</translation>
    </message>
    <message>
        <source>Travel: {name}</source>
        <translation>Przejazd: {name}</translation>
    </message>
    <message>
        <source>File: {name}</source>
        <translation>Plik: {name}</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>Oferta</translation>
    </message>
    <message>
        <source>in process</source>
        <translation>w realizacji</translation>
    </message>
    <message>
        <source>released</source>
        <translation>zwolnione</translation>
    </message>
    <message>
        <source>blocked</source>
        <translation>zablokowane</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>zakończone</translation>
    </message>
    <message>
        <source>not delivered</source>
        <translation>niedostarczone</translation>
    </message>
    <message>
        <source>partly delivered</source>
        <translation>dostarczone częściowo</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>dostarczone</translation>
    </message>
    <message>
        <source>not invoiced</source>
        <translation>niezafakturowane</translation>
    </message>
    <message>
        <source>invoiced</source>
        <translation>zafakturowane</translation>
    </message>
    <message>
        <source>waits for its record</source>
        <translation>czeka na swój zapis</translation>
    </message>
    <message>
        <source>customer was rejected</source>
        <translation>kontrahenta odrzucono</translation>
    </message>
    <message>
        <source>document was rejected</source>
        <translation>dokument odrzucono</translation>
    </message>
    <message>
        <source>visit was rejected</source>
        <translation>wizytę odrzucono</translation>
    </message>
    <message>
        <source>what it belongs to was rejected</source>
        <translation>to, do czego należy, odrzucono</translation>
    </message>
    <message>
        <source>waits for document</source>
        <translation>czeka na dokument</translation>
    </message>
    <message>
        <source>waits for visit</source>
        <translation>czeka na wizytę</translation>
    </message>
    <message>
        <source>invalid</source>
        <translation>unieważnione</translation>
    </message>
    <message>
        <source>being reorganized</source>
        <translation>w reorganizacji</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>anulowane</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>odrzucone</translation>
    </message>
    <message>
        <source>partly invoiced</source>
        <translation>zafakturowane częściowo</translation>
    </message>
    <message>
        <source>not ordered</source>
        <translation>niezamówione</translation>
    </message>
    <message>
        <source>partly ordered</source>
        <translation>zamówione częściowo</translation>
    </message>
    <message>
        <source>ordered</source>
        <translation>zamówione</translation>
    </message>
    <message>
        <source>New return</source>
        <translation>Nowy zwrot</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Zwrot</translation>
    </message>
</context>
<context>
    <name>Records</name>
    <message>
        <source>yes</source>
        <translation>tak</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nie</translation>
    </message>
</context>
<context>
    <name>RecordsPage</name>
    <message>
        <source>Search: name, code</source>
        <translation>Szukaj: nazwa, kod</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Wyczyść wyszukiwanie</translation>
    </message>
    <message>
        <source>{shown} of {total}</source>
        <translation>{shown} z {total}</translation>
    </message>
    <message>
        <source>Nothing matches “{typed}”</source>
        <translation>Nic nie pasuje do „{typed}”</translation>
    </message>
    <message>
        <source>Search in names and codes; every word must begin a word of the record.</source>
        <translation>Szukanie w nazwach i kodach; każde słowo musi zaczynać słowo rekordu.</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>Jeszcze nic tu nie ma</translation>
    </message>
    <message>
        <source>The ERP has sent no records of this kind to this device.</source>
        <translation>ERP nie przysłał na to urządzenie takich rekordów.</translation>
    </message>
</context>
<context>
    <name>RedObject</name>
    <message>
        <source>Why:</source>
        <translation>Dlaczego:</translation>
    </message>
    <message>
        <source>On this device:</source>
        <translation>Na urządzeniu:</translation>
    </message>
    <message>
        <source>What helps:</source>
        <translation>Co pomoże:</translation>
    </message>
</context>
<context>
    <name>RedRow</name>
    <message>
        <source>Try this object again</source>
        <translation>Ponów ten obiekt</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Kopiuj szczegóły</translation>
    </message>
</context>
<context>
    <name>RejectionRow</name>
    <message>
        <source>Why:</source>
        <translation>Dlaczego:</translation>
    </message>
    <message>
        <source>Field:</source>
        <translation>Pole:</translation>
    </message>
    <message>
        <source>What helps:</source>
        <translation>Co pomoże:</translation>
    </message>
    <message>
        <source>Fix and send again</source>
        <translation>Popraw i wyślij ponownie</translation>
    </message>
    <message>
        <source>Withdraw to draft</source>
        <translation>Cofnij do szkicu</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Eksportuj</translation>
    </message>
</context>
<context>
    <name>RemoveSheet</name>
    <message>
        <source>Keep it</source>
        <translation>Zostaw</translation>
    </message>
    <message>
        <source>Void this document?</source>
        <translation>Anulować ten dokument?</translation>
    </message>
    <message>
        <source>Delete this draft?</source>
        <translation>Usunąć ten szkic?</translation>
    </message>
    <message>
        <source>It will not be sent. Its number stays used, and it stays in sight as voided.</source>
        <translation>Nie zostanie wysłany. Jego numer pozostaje zajęty, a dokument widoczny jako anulowany.</translation>
    </message>
    <message>
        <source>It is gone then.</source>
        <translation>Nie będzie można go odzyskać.</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>Anuluj dokument</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Usuń</translation>
    </message>
</context>
<context>
    <name>Reports</name>
    <message numerus="yes">
        <source>%n customers</source>
        <translation>
            <numerusform>%n kontrahent</numerusform>
            <numerusform>%n kontrahentów</numerusform>
            <numerusform>%n kontrahentów</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n dzień</numerusform>
            <numerusform>%n dni</numerusform>
            <numerusform>%n dni</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fewer</source>
        <translation>
            <numerusform>o %n mniej</numerusform>
            <numerusform>o %n mniej</numerusform>
            <numerusform>o %n mniej</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n items</source>
        <translation>
            <numerusform>%n towar</numerusform>
            <numerusform>%n towary</numerusform>
            <numerusform>%n towarów</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n months</source>
        <translation>
            <numerusform>%n miesiąc</numerusform>
            <numerusform>%n miesiące</numerusform>
            <numerusform>%n miesięcy</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>o %n więcej</numerusform>
            <numerusform>o %n więcej</numerusform>
            <numerusform>o %n więcej</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders</source>
        <translation>
            <numerusform>%n zamówienie</numerusform>
            <numerusform>%n zamówienia</numerusform>
            <numerusform>%n zamówień</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders count by a later rate of their currency.</source>
        <translation>
            <numerusform>%n zamówienie liczy się po późniejszym kursie swojej waluty.</numerusform>
            <numerusform>%n zamówienia liczą się po późniejszym kursie swojej waluty.</numerusform>
            <numerusform>%n zamówień liczy się po późniejszym kursie swojej waluty.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders in {currencies} are left out: the ERP sends no rate.</source>
        <translation>
            <numerusform>Pominięto %n zamówienie w {currencies}: ERP nie podaje kursu.</numerusform>
            <numerusform>Pominięto %n zamówienia w {currencies}: ERP nie podaje kursu.</numerusform>
            <numerusform>Pominięto %n zamówień w {currencies}: ERP nie podaje kursu.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n orders that the ERP does not have yet are included.</source>
        <translation>
            <numerusform>W tym %n zamówienie, którego ERP jeszcze nie ma.</numerusform>
            <numerusform>W tym %n zamówienia, których ERP jeszcze nie ma.</numerusform>
            <numerusform>W tym %n zamówień, których ERP jeszcze nie ma.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n weeks</source>
        <translation>
            <numerusform>%n tydzień</numerusform>
            <numerusform>%n tygodnie</numerusform>
            <numerusform>%n tygodni</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n working days</source>
        <translation>
            <numerusform>%n dzień roboczy</numerusform>
            <numerusform>%n dni robocze</numerusform>
            <numerusform>%n dni roboczych</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n years</source>
        <translation>
            <numerusform>%n rok</numerusform>
            <numerusform>%n lata</numerusform>
            <numerusform>%n lat</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Not ordered for %n weeks</source>
        <translation>
            <numerusform>Bez zamówienia od %n tygodnia</numerusform>
            <numerusform>Bez zamówienia od %n tygodni</numerusform>
            <numerusform>Bez zamówienia od %n tygodni</numerusform>
        </translation>
    </message>
    <message>
        <source>thousand {currency}</source>
        <translation>tys. {currency}</translation>
    </message>
    <message>
        <source>million {currency}</source>
        <translation>mln {currency}</translation>
    </message>
    <message>
        <source>Own sales, net {currency}</source>
        <translation>Sprzedaż własna netto, {currency}</translation>
    </message>
    <message>
        <source>ERP as of {time}, and this device</source>
        <translation>ERP: {time}, i to urządzenie</translation>
    </message>
    <message>
        <source>last {length}</source>
        <translation>ostatnie {length}</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Dzień</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>Tydzień</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>Miesiąc</translation>
    </message>
    <message>
        <source>Year</source>
        <translation>Rok</translation>
    </message>
    <message>
        <source>Sales by day</source>
        <translation>Sprzedaż dzienna</translation>
    </message>
    <message>
        <source>Sales by week</source>
        <translation>Sprzedaż tygodniowa</translation>
    </message>
    <message>
        <source>Sales by month</source>
        <translation>Sprzedaż miesięczna</translation>
    </message>
    <message>
        <source>Sales by year</source>
        <translation>Sprzedaż roczna</translation>
    </message>
    <message>
        <source>week number</source>
        <translation>numer tygodnia</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Dzisiaj</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>Ten tydzień</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>Ten miesiąc</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>Ten rok</translation>
    </message>
    <message>
        <source>today</source>
        <translation>dzisiaj</translation>
    </message>
    <message>
        <source>this week so far</source>
        <translation>ten tydzień do dziś</translation>
    </message>
    <message>
        <source>this month so far</source>
        <translation>ten miesiąc do dziś</translation>
    </message>
    <message>
        <source>this year so far</source>
        <translation>ten rok do dziś</translation>
    </message>
    <message>
        <source>Week {number}</source>
        <translation>Tydzień {number}</translation>
    </message>
    <message>
        <source>{days}: not all of it is here</source>
        <translation>{days}: nie wszystko jest tutaj</translation>
    </message>
    <message>
        <source>{days}: none</source>
        <translation>{days}: brak</translation>
    </message>
    <message>
        <source>as much as {days}</source>
        <translation>tyle co {days}</translation>
    </message>
    <message>
        <source>{percent} more than {days}</source>
        <translation>{percent} więcej niż {days}</translation>
    </message>
    <message>
        <source>{percent} less than {days}</source>
        <translation>{percent} mniej niż {days}</translation>
    </message>
    <message>
        <source>{year} to {day}</source>
        <translation>{year} do {day}</translation>
    </message>
    <message>
        <source>as many</source>
        <translation>tyle samo</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>bez zmian</translation>
    </message>
    <message>
        <source>{percent} more</source>
        <translation>{percent} więcej</translation>
    </message>
    <message>
        <source>{percent} less</source>
        <translation>{percent} mniej</translation>
    </message>
    <message>
        <source>{period} target {amount}</source>
        <translation>{period}: cel {amount}</translation>
    </message>
    <message>
        <source>reached, {amount} above</source>
        <translation>osiągnięty, {amount} ponad</translation>
    </message>
    <message>
        <source>{amount} were missing</source>
        <translation>zabrakło {amount}</translation>
    </message>
    <message>
        <source>{amount} to go, {days}</source>
        <translation>brakuje {amount}, {days}</translation>
    </message>
    <message>
        <source>daily target</source>
        <translation>cel dzienny</translation>
    </message>
    <message>
        <source>weekly target</source>
        <translation>cel tygodniowy</translation>
    </message>
    <message>
        <source>monthly target</source>
        <translation>cel miesięczny</translation>
    </message>
    <message>
        <source>yearly target</source>
        <translation>cel roczny</translation>
    </message>
    <message>
        <source>No target</source>
        <translation>Bez celu</translation>
    </message>
    <message>
        <source>The ERP has sent none for this time.</source>
        <translation>ERP nie przysłał celu na ten czas.</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>Zamówienia</translation>
    </message>
    <message>
        <source>Average order</source>
        <translation>Średnie zamówienie</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>Top</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nigdy</translation>
    </message>
    <message>
        <source>Any order counts, whoever took it. Amounts are those of the last 52 weeks, net.</source>
        <translation>Liczy się każde zamówienie, bez względu na to, kto je przyjął. Kwoty: netto z ostatnich 52 tygodni.</translation>
    </message>
    <message>
        <source>The documents on this device begin on {date}.</source>
        <translation>Dokumenty na tym urządzeniu zaczynają się {date}.</translation>
    </message>
    <message>
        <source>{title}, {of}: whole list</source>
        <translation>{title}, {of}: cała lista</translation>
    </message>
    <message>
        <source>Nothing was sold in this time.</source>
        <translation>W tym czasie nic nie sprzedano.</translation>
    </message>
    <message>
        <source>Every customer who has ever ordered did so in this time.</source>
        <translation>Każdy kontrahent, który kiedyś zamówił, zrobił to w tym czasie.</translation>
    </message>
    <message>
        <source>target {amount}</source>
        <translation>cel {amount}</translation>
    </message>
    <message>
        <source>Not on this device</source>
        <translation>Nie ma na tym urządzeniu</translation>
    </message>
    <message>
        <source>Never ordered</source>
        <translation>Bez zamówień</translation>
    </message>
    <message>
        <source>Not ordered for</source>
        <translation>Bez zamówienia od</translation>
    </message>
    <message>
        <source>last order {date}</source>
        <translation>ostatnie zamówienie {date}</translation>
    </message>
    <message>
        <source>on this device</source>
        <translation>na tym urządzeniu</translation>
    </message>
</context>
<context>
    <name>ReportsPage</name>
    <message>
        <source>No orders yet</source>
        <translation>Jeszcze bez zamówień</translation>
    </message>
    <message>
        <source>Your sales come here with the first order that you confirm.</source>
        <translation>Twoja sprzedaż pojawi się tu z pierwszym zatwierdzonym zamówieniem.</translation>
    </message>
    <message>
        <source>Choose a customer</source>
        <translation>Wybierz kontrahenta</translation>
    </message>
</context>
<context>
    <name>Rows</name>
    <message>
        <source>{name}, {done} of {total} done, {state}</source>
        <translation>{name}, gotowe {done} z {total}, {state}</translation>
    </message>
    <message>
        <source>{name}, {done} of {total} rows, {state}</source>
        <translation>{name}, wiersze: {done} z {total}, {state}</translation>
    </message>
    <message>
        <source>Waits for: {parents}</source>
        <translation>Czeka na: {parents}</translation>
    </message>
    <message>
        <source>rows of {time} kept</source>
        <translation>zachowano wiersze: {time}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} z {total}</translation>
    </message>
</context>
<context>
    <name>ScanWords</name>
    <message>
        <source>No item has the code {code}</source>
        <translation>Żaden towar nie ma kodu {code}</translation>
    </message>
    <message>
        <source>Scanned: {code}</source>
        <translation>Zeskanowano: {code}</translation>
    </message>
    <message>
        <source>It changed nothing here. Finish or close this first, then scan it again.</source>
        <translation>Nic się tu nie zmieniło. Najpierw dokończ lub zamknij to okno, potem zeskanuj ponownie.</translation>
    </message>
    <message>
        <source>Nothing was added. Its check digit is wrong: scan it again or search.</source>
        <translation>Nic nie dodano. Cyfra kontrolna się nie zgadza: zeskanuj ponownie lub wyszukaj.</translation>
    </message>
    <message>
        <source>Nothing was added. It is a complete EAN or UPC; search by name.</source>
        <translation>Nic nie dodano. To pełny kod EAN lub UPC; wyszukaj po nazwie.</translation>
    </message>
    <message>
        <source>Nothing was added. It is a GS1 code without an item, such as a batch.</source>
        <translation>Nic nie dodano. To kod GS1 bez towaru, na przykład numer partii.</translation>
    </message>
    <message>
        <source>Nothing was added. It is a web address; scan the bars of the item.</source>
        <translation>Nic nie dodano. To adres strony; zeskanuj kod kreskowy towaru.</translation>
    </message>
    <message>
        <source>Nothing was added. It was not understood; search by name.</source>
        <translation>Nic nie dodano. Kod jest niezrozumiały; wyszukaj po nazwie.</translation>
    </message>
</context>
<context>
    <name>ScannerPart</name>
    <message>
        <source>Scan any code now</source>
        <translation>Zeskanuj teraz dowolny kod</translation>
    </message>
    <message>
        <source>This scanner is known</source>
        <translation>Ten skaner jest znany</translation>
    </message>
    <message>
        <source>Any scanner</source>
        <translation>Dowolny skaner</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Wyczyść</translation>
    </message>
    <message>
        <source>learned</source>
        <translation>znany</translation>
    </message>
    <message>
        <source>any scanner</source>
        <translation>dowolny</translation>
    </message>
    <message>
        <source>These keys came {ms} ms apart. A scan has at most {most}: set the scanner to type faster.</source>
        <translation>Odstęp między znakami: {ms} ms. Skan ma najwyżej {most}: ustaw w skanerze szybsze wysyłanie.</translation>
    </message>
    <message>
        <source>Best the EAN of an item. What the scanner sends with it is shown here and kept.</source>
        <translation>Najlepiej EAN towaru. Tu pojawi się to, co skaner wysyła razem z kodem, i zostanie zapamiętane.</translation>
    </message>
    <message>
        <source>Code {code}. Before it: {prefix}. After it: {suffix}. {ms} ms a key.</source>
        <translation>Kod {code}. Przed nim: {prefix}. Po nim: {suffix}. {ms} ms na znak.</translation>
    </message>
    <message>
        <source>The AIM prefix {prefix} is read with every code.</source>
        <translation>Prefiks AIM {prefix} jest odczytywany przy każdym kodzie.</translation>
    </message>
    <message>
        <source>Six keys or more, at most {ms} ms apart, with Enter, Tab or nothing after them</source>
        <translation>Co najmniej sześć znaków w odstępach do {ms} ms, po nich Enter, Tab albo nic</translation>
    </message>
    <message>
        <source>Before a code: {prefix}. After it: {suffix}. At most {ms} ms between two keys.</source>
        <translation>Przed kodem: {prefix}. Po nim: {suffix}. Najwyżej {ms} ms między znakami.</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nic</translation>
    </message>
</context>
<context>
    <name>Screens</name>
    <message>
        <source>Scan a barcode now</source>
        <translation>Zeskanuj teraz kod kreskowy</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
    <message>
        <source>The scanner works on every screen; no field needs to be tapped first.</source>
        <translation>Skaner działa na każdym ekranie; nie trzeba najpierw dotykać pola.</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Off</source>
        <translation>Wył.</translation>
    </message>
    <message>
        <source>Automatic synchronization</source>
        <translation>Synchronizacja automatyczna</translation>
    </message>
    <message>
        <source>In working hours, behind what you do</source>
        <translation>W godzinach pracy, bez przerywania pracy</translation>
    </message>
    <message>
        <source>When the network returns</source>
        <translation>Po powrocie sieci</translation>
    </message>
    <message>
        <source>After the gateway could not be reached; in working hours</source>
        <translation>Gdy brama była nieosiągalna; w godzinach pracy</translation>
    </message>
    <message>
        <source>After confirming</source>
        <translation>Po zatwierdzeniu</translation>
    </message>
    <message>
        <source>Sends an order or a visit at once when there is a network</source>
        <translation>Zamówienie lub wizyta wychodzi od razu, gdy jest sieć</translation>
    </message>
    <message>
        <source>Working hours</source>
        <translation>Godziny pracy</translation>
    </message>
    <message>
        <source>Local time; outside them only what you ask for</source>
        <translation>Czas lokalny; poza nimi tylko na życzenie</translation>
    </message>
    <message>
        <source>Working hours from</source>
        <translation>Godziny pracy od</translation>
    </message>
    <message>
        <source>Working hours until</source>
        <translation>Godziny pracy do</translation>
    </message>
    <message>
        <source>automatically every {minutes}</source>
        <translation>automatycznie co {minutes}</translation>
    </message>
    <message>
        <source>automatically at times</source>
        <translation>automatycznie po zdarzeniach</translation>
    </message>
    <message>
        <source>only when asked</source>
        <translation>tylko na życzenie</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>polski</source>
        <translation>polski</translation>
    </message>
    <message>
        <source>On</source>
        <translation>Wł.</translation>
    </message>
    <message>
        <source>15&#xa0;min</source>
        <translation>15&#xa0;min</translation>
    </message>
    <message>
        <source>30&#xa0;min</source>
        <translation>30&#xa0;min</translation>
    </message>
    <message>
        <source>60&#xa0;min</source>
        <translation>60&#xa0;min</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Jak w systemie</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Jasny</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Ciemny</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Język</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Motyw</translation>
    </message>
    <message>
        <source>Changes the whole interface at once</source>
        <translation>Zmienia od razu cały interfejs</translation>
    </message>
    <message>
        <source>Light for the sun, dark for the evening</source>
        <translation>Jasny na słońce, ciemny na wieczór</translation>
    </message>
    <message>
        <source>Fetch pictures automatically</source>
        <translation>Pobieraj zdjęcia automatycznie</translation>
    </message>
    <message>
        <source>Offers All first; off: All without attachments</source>
        <translation>Proponuje Wszystko; wyłączone: Wszystko bez załączników</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>last 20</source>
        <translation>ostatnie 20</translation>
    </message>
    <message>
        <source>Sync history</source>
        <translation>Historia synchronizacji</translation>
    </message>
    <message>
        <source>No synchronization yet</source>
        <translation>Nie było jeszcze synchronizacji</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>ERP gateway</source>
        <translation>Brama ERP</translation>
    </message>
    <message>
        <source>Language and look</source>
        <translation>Język i wygląd</translation>
    </message>
    <message>
        <source>About and diagnostics</source>
        <translation>Informacje i diagnostyka</translation>
    </message>
    <message>
        <source>version {version}</source>
        <translation>wersja {version}</translation>
    </message>
    <message>
        <source>Nobody is logged on</source>
        <translation>Nikt nie jest zalogowany</translation>
    </message>
    <message>
        <source>Login on this device</source>
        <translation>Login na tym urządzeniu</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>Wyloguj</translation>
    </message>
    <message>
        <source>The data stay on this device, encrypted; the next start asks for the password.</source>
        <translation>Dane zostają na urządzeniu, zaszyfrowane; następne uruchomienie zapyta o hasło.</translation>
    </message>
    <message>
        <source>Address of the ERP gateway</source>
        <translation>Adres bramy ERP</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Jeszcze nie</translation>
    </message>
    <message>
        <source>First good synchronization</source>
        <translation>Pierwsza poprawna synchronizacja</translation>
    </message>
    <message>
        <source>{size} in {files} files; they can be fetched again, unsent files stay</source>
        <translation>{size} w plikach: {files}; można je pobrać ponownie, niewysłane pliki zostają</translation>
    </message>
    <message>
        <source>Clear pictures</source>
        <translation>Wyczyść zdjęcia</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Wyczyść</translation>
    </message>
    <message>
        <source>{rows} rows on this device</source>
        <translation>Wiersze na urządzeniu: {rows}</translation>
    </message>
    <message>
        <source>Catalogue and own work lie in two encrypted files</source>
        <translation>Katalog i własna praca są w dwóch zaszyfrowanych plikach</translation>
    </message>
    <message>
        <source>Report for support</source>
        <translation>Raport dla wsparcia</translation>
    </message>
    <message>
        <source>Versions, sizes of the files and the last synchronizations: no names, no records</source>
        <translation>Wersje, rozmiary plików i ostatnie synchronizacje: bez nazw i rekordów</translation>
    </message>
    <message>
        <source>Save a report</source>
        <translation>Zapisz raport</translation>
    </message>
    <message>
        <source>Synchronization, files</source>
        <translation>Synchronizacja, pliki</translation>
    </message>
    <message>
        <source>Catalogue {catalog}, own work {work}, pictures and files {media}; all encrypted</source>
        <translation>Katalog {catalog}, własna praca {work}, zdjęcia i pliki {media}; wszystko zaszyfrowane</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Hasło</translation>
    </message>
    <message>
        <source>Changing it needs the gateway; your other devices ask for the new one</source>
        <translation>Zmiana wymaga połączenia z bramką; inne urządzenia poproszą o nowe</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Zmień</translation>
    </message>
    <message>
        <source>Scanner</source>
        <translation>Skaner</translation>
    </message>
</context>
<context>
    <name>SignatureSheet</name>
    <message>
        <source>Signature for {amount}</source>
        <translation>Podpis na kwotę {amount}</translation>
    </message>
    <message>
        <source>Name of who signs</source>
        <translation>Imię i nazwisko podpisującego</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Podpis</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Jeszcze raz</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anuluj</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>Przyjmij</translation>
    </message>
    <message>
        <source>Write who signs.</source>
        <translation>Wpisz, kto podpisuje.</translation>
    </message>
</context>
<context>
    <name>SlotFields</name>
    <message>
        <source>Date</source>
        <translation>Data</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Czas trwania</translation>
    </message>
    <message>
        <source>The whole day</source>
        <translation>Cały dzień</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Godzina</translation>
    </message>
    <message>
        <source>A time like 10:30</source>
        <translation>Godzina w postaci 10:30</translation>
    </message>
    <message>
        <source>Clocks go forward on this day: there is no {time}. Is this later time right?</source>
        <translation>Tego dnia zegary przestawia się do przodu: godziny {time} nie ma. Czy ta późniejsza jest dobra?</translation>
    </message>
    <message>
        <source>This day is over: is it meant?</source>
        <translation>Ten dzień już minął: czy o niego chodzi?</translation>
    </message>
    <message>
        <source>It is more than a year until then: is it meant?</source>
        <translation>Do tego dnia jest ponad rok: czy o niego chodzi?</translation>
    </message>
</context>
<context>
    <name>States</name>
    <message>
        <source>Not started</source>
        <translation>Nie rozpoczęto</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>W toku</translation>
    </message>
    <message>
        <source>Verifying</source>
        <translation>Sprawdzanie</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Gotowe</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Bez zmian</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Błąd</translation>
    </message>
    <message>
        <source>Held back</source>
        <translation>Wstrzymane</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Pominięto</translation>
    </message>
    <message>
        <source>Not reached</source>
        <translation>Nie doszło</translation>
    </message>
</context>
<context>
    <name>StockRow</name>
    <message>
        <source>Checking stock</source>
        <translation>Sprawdzanie stanu</translation>
    </message>
    <message>
        <source>Check stock now</source>
        <translation>Sprawdź stan teraz</translation>
    </message>
    <message>
        <source>Can be sold: {quantity}</source>
        <translation>Do sprzedania: {quantity}</translation>
    </message>
    <message>
        <source>checked {time}</source>
        <translation>sprawdzono {time}</translation>
    </message>
    <message>
        <source>Offline: the gateway is not reached.</source>
        <translation>Offline: brama nie odpowiada.</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>All</source>
        <translation>Wszystko</translation>
    </message>
    <message>
        <source>All without attachments</source>
        <translation>Wszystko bez załączników</translation>
    </message>
    <message>
        <source>started {time}</source>
        <translation>rozpoczęto {time}</translation>
    </message>
    <message>
        <source>{from_time} to {to_time}</source>
        <translation>{from_time} do {to_time}</translation>
    </message>
    <message>
        <source>Synchro</source>
        <translation>Synchro</translation>
    </message>
    <message>
        <source>measuring the time left</source>
        <translation>trwa pomiar czasu</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>pozostało około {time}</translation>
    </message>
    <message>
        <source>{rows} rows</source>
        <translation>wiersze: {rows}</translation>
    </message>
    <message>
        <source>Hide progress</source>
        <translation>Ukryj postęp</translation>
    </message>
    <message>
        <source>Show progress</source>
        <translation>Pokaż postęp</translation>
    </message>
    <message>
        <source>{action}, {percent} percent</source>
        <translation>{action}, {percent} procent</translation>
    </message>
    <message>
        <source>{done} of {total} sections done</source>
        <translation>Gotowe sekcje: {done} z {total}</translation>
    </message>
    <message numerus="yes">
        <source>%n sections to go</source>
        <translation>
            <numerusform>została %n sekcja</numerusform>
            <numerusform>zostały %n sekcje</numerusform>
            <numerusform>zostało %n sekcji</numerusform>
        </translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Wysłano</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Wiersze</translation>
    </message>
    <message>
        <source>Downloaded</source>
        <translation>Pobrano</translation>
    </message>
    <message>
        <source>Running for</source>
        <translation>Trwa</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Problemy</translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n błąd</numerusform>
            <numerusform>%n błędy</numerusform>
            <numerusform>%n błędów</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n held back</source>
        <translation>
            <numerusform>%n wstrzymany</numerusform>
            <numerusform>%n wstrzymane</numerusform>
            <numerusform>%n wstrzymanych</numerusform>
        </translation>
    </message>
    <message>
        <source>none</source>
        <translation>brak</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Zatrzymywanie…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Zatrzymaj</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Kopiuj szczegóły</translation>
    </message>
    <message>
        <source>Back to main screen</source>
        <translation>Ekran główny</translation>
    </message>
    <message>
        <source>You can go back and work. The synchronization goes on.</source>
        <translation>Możesz wrócić i pracować. Synchronizacja trwa w tle.</translation>
    </message>
    <message>
        <source>Log on again</source>
        <translation>Zaloguj ponownie</translation>
    </message>
    <message numerus="yes">
        <source>Try %n objects again</source>
        <translation>
            <numerusform>Ponów %n obiekt</numerusform>
            <numerusform>Ponów %n obiekty</numerusform>
            <numerusform>Ponów %n obiektów</numerusform>
        </translation>
    </message>
    <message>
        <source>See what was not accepted</source>
        <translation>Zobacz, czego nie przyjęto</translation>
    </message>
    <message>
        <source>Synchronize again</source>
        <translation>Synchronizuj ponownie</translation>
    </message>
</context>
<context>
    <name>Synchro</name>
    <message numerus="yes">
        <source>%n objects failed</source>
        <translation>
            <numerusform>%n obiekt z błędem</numerusform>
            <numerusform>%n obiekty z błędem</numerusform>
            <numerusform>%n obiektów z błędem</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimeField</name>
    <message>
        <source>{name}: a quarter earlier</source>
        <translation>{name}: kwadrans wcześniej</translation>
    </message>
    <message>
        <source>{name}: a quarter later</source>
        <translation>{name}: kwadrans później</translation>
    </message>
</context>
<context>
    <name>TitledSheet</name>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
</context>
<context>
    <name>Travel</name>
    <message>
        <source>Under way</source>
        <translation>W drodze</translation>
    </message>
    <message>
        <source>The reading is missing</source>
        <translation>Brak stanu licznika</translation>
    </message>
    <message>
        <source>A number from 0 to 9 999 999</source>
        <translation>Liczba od 0 do 9 999 999</translation>
    </message>
    <message>
        <source>The last entry ended at {km}: an odometer does not go back</source>
        <translation>Ostatni przejazd zakończył się przy {km}: licznik się nie cofa</translation>
    </message>
    <message>
        <source>Below the start</source>
        <translation>Mniej niż na początku</translation>
    </message>
    <message>
        <source>The next entry starts at {km}</source>
        <translation>Następny wpis zaczyna się od {km}</translation>
    </message>
</context>
<context>
    <name>TravelForm</name>
    <message>
        <source>It is on its way already and cannot be changed any more.</source>
        <translation>Jest już w drodze i nie można go zmienić.</translation>
    </message>
    <message>
        <source>New travel entry</source>
        <translation>Nowy przejazd</translation>
    </message>
    <message>
        <source>Vehicle</source>
        <translation>Samochód</translation>
    </message>
    <message>
        <source>Kind of travel</source>
        <translation>Rodzaj przejazdu</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Data</translation>
    </message>
    <message>
        <source>Odometer at the start, km</source>
        <translation>Licznik na początku, km</translation>
    </message>
    <message>
        <source>Odometer at the end, km</source>
        <translation>Licznik na końcu, km</translation>
    </message>
    <message>
        <source>later: stays a draft</source>
        <translation>później: zostanie szkicem</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Skąd</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Dokąd</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>Cel</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Zapisz</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Usuń</translation>
    </message>
    <message>
        <source>It was sent and cannot be changed any more.</source>
        <translation>Został wysłany i nie można go zmienić.</translation>
    </message>
    <message>
        <source>Appointment</source>
        <translation>Wizyta</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Brak</translation>
    </message>
    <message>
        <source>Another appointment</source>
        <translation>Inna wizyta</translation>
    </message>
</context>
<context>
    <name>TravelPage</name>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n przejazd</numerusform>
            <numerusform>%n przejazdy</numerusform>
            <numerusform>%n przejazdów</numerusform>
        </translation>
    </message>
    <message>
        <source>Travel</source>
        <translation>Przejazdy</translation>
    </message>
    <message>
        <source>New entry</source>
        <translation>Nowy przejazd</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Dzisiaj</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>W tym miesiącu</translation>
    </message>
    <message>
        <source>Odometer</source>
        <translation>Licznik</translation>
    </message>
    <message>
        <source>No travel entries yet</source>
        <translation>Nie ma jeszcze przejazdów</translation>
    </message>
    <message>
        <source>An entry goes on where the vehicle&apos;s odometer ended last.</source>
        <translation>Przejazd zaczyna się tam, gdzie ostatnio skończył się licznik pojazdu.</translation>
    </message>
</context>
<context>
    <name>TravelPresenter</name>
    <message>
        <source>{km} are missing</source>
        <translation>Brakuje {km}</translation>
    </message>
    <message>
        <source>The last entry of this vehicle ended at {last}, this one starts at {start}.</source>
        <translation>Ostatni przejazd tym samochodem zakończył się przy {last}, ten zaczyna się od {start}.</translation>
    </message>
    <message>
        <source>Save it all the same</source>
        <translation>Zapisz mimo to</translation>
    </message>
    <message>
        <source>Delete this entry?</source>
        <translation>Usunąć ten przejazd?</translation>
    </message>
    <message>
        <source>It will not be sent, and its kilometres do not count.</source>
        <translation>Nie zostanie wysłany, a jego kilometry się nie liczą.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Usuń</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Zostaw</translation>
    </message>
    <message>
        <source>Check the entry</source>
        <translation>Sprawdź wpis</translation>
    </message>
    <message>
        <source>From {start} to {end} it is {km}: is there a digit too many?</source>
        <translation>Od {start} do {end} jest {km}: czy nie ma jednej cyfry za dużo?</translation>
    </message>
    <message>
        <source>{km} in one entry?</source>
        <translation>{km} w jednym wpisie?</translation>
    </message>
    <message>
        <source>The day of this entry is {day}.</source>
        <translation>Dzień tego wpisu to {day}.</translation>
    </message>
    <message>
        <source>Is the day right?</source>
        <translation>Czy dzień się zgadza?</translation>
    </message>
    <message>
        <source>Nothing is typed for: {fields}.</source>
        <translation>Nie wpisano: {fields}.</translation>
    </message>
    <message>
        <source>Is that all about this trip?</source>
        <translation>Czy to wszystko o tym przejeździe?</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Skąd</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Dokąd</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>Cel</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>{total} of {total} objects, each proven by count and check sum.</source>
        <translation>Obiekty: {total} z {total}, każdy sprawdzony liczbą i sumą kontrolną.</translation>
    </message>
    <message>
        <source>Everything is correct</source>
        <translation>Wszystko jest poprawne</translation>
    </message>
    <message>
        <source>Stopped at {percent}</source>
        <translation>Zatrzymano przy {percent}</translation>
    </message>
    <message>
        <source>Nothing is lost; it goes on from here.</source>
        <translation>Nic nie przepadło; ruszy od tego miejsca.</translation>
    </message>
    <message>
        <source>{correct} of {total} objects are correct</source>
        <translation>Poprawne obiekty: {correct} z {total}</translation>
    </message>
    <message>
        <source>The gateway was not reached</source>
        <translation>Brama nie odpowiedziała</translation>
    </message>
    <message>
        <source>The gateway asks for a new logon</source>
        <translation>Brama wymaga ponownego logowania</translation>
    </message>
    <message>
        <source>Another synchronization is running</source>
        <translation>Trwa inna synchronizacja</translation>
    </message>
    <message>
        <source>The synchronization did not succeed</source>
        <translation>Synchronizacja się nie powiodła</translation>
    </message>
    <message>
        <source>Everything else is current and can be used.</source>
        <translation>Reszta jest aktualna i można z niej korzystać.</translation>
    </message>
    <message numerus="yes">
        <source>%n objects failed.</source>
        <translation>
            <numerusform>%n obiekt z błędem.</numerusform>
            <numerusform>%n obiekty z błędem.</numerusform>
            <numerusform>%n obiektów z błędem.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n objects wait for them.</source>
        <translation>
            <numerusform>%n obiekt na nie czeka.</numerusform>
            <numerusform>%n obiekty na nie czekają.</numerusform>
            <numerusform>%n obiektów na nie czeka.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n records were not accepted</source>
        <translation>
            <numerusform>%n rekord nie został przyjęty</numerusform>
            <numerusform>%n rekordy nie zostały przyjęte</numerusform>
            <numerusform>%n rekordów nie zostało przyjętych</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is lost; My work says what helps.</source>
        <translation>Nic nie zginęło; Moja praca mówi, co pomoże.</translation>
    </message>
    <message>
        <source>This device is blocked</source>
        <translation>To urządzenie jest zablokowane</translation>
    </message>
    <message numerus="yes">
        <source>%n records are still rejected</source>
        <translation>
            <numerusform>%n rekord jest nadal odrzucony</numerusform>
            <numerusform>%n rekordy są nadal odrzucone</numerusform>
            <numerusform>%n rekordów jest nadal odrzuconych</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VisitPage</name>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>Kontrahent</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Więcej</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Opis</translation>
    </message>
    <message>
        <source>This appointment is no longer there</source>
        <translation>Tej wizyty już nie ma</translation>
    </message>
    <message>
        <source>The office has taken it away, or it was cancelled before it was sent.</source>
        <translation>Biuro ją usunęło albo anulowano ją przed wysłaniem.</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Odrzuć</translation>
    </message>
    <message>
        <source>Reschedule</source>
        <translation>Przełóż</translation>
    </message>
    <message>
        <source>Edit again</source>
        <translation>Edytuj ponownie</translation>
    </message>
    <message>
        <source>Fix and send again</source>
        <translation>Popraw i wyślij ponownie</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Zakończ</translation>
    </message>
    <message>
        <source>Appointment</source>
        <translation>Wizyta</translation>
    </message>
    <message>
        <source>{done} of {total} elements</source>
        <translation>{done} z {total} elementów</translation>
    </message>
    <message>
        <source>No required element is open.</source>
        <translation>Żaden wymagany element nie czeka.</translation>
    </message>
    <message>
        <source>Those completed and those not done both count.</source>
        <translation>Liczą się elementy wykonane i niewykonane.</translation>
    </message>
    <message>
        <source>{count} of {total} answers</source>
        <translation>{count} z {total} odpowiedzi</translation>
    </message>
    <message>
        <source>for the ERP</source>
        <translation>dla ERP</translation>
    </message>
    <message>
        <source>only on this device</source>
        <translation>tylko na tym urządzeniu</translation>
    </message>
    <message>
        <source>No photo yet</source>
        <translation>Nie ma jeszcze zdjęcia</translation>
    </message>
    <message>
        <source>Odometer {km} km</source>
        <translation>Licznik {km} km</translation>
    </message>
    <message>
        <source>Sales quote</source>
        <translation>Oferta sprzedaży</translation>
    </message>
    <message>
        <source>Sales order</source>
        <translation>Zamówienie sprzedaży</translation>
    </message>
    <message numerus="yes">
        <source>%n photos</source>
        <translation>
            <numerusform>%n zdjęcie</numerusform>
            <numerusform>%n zdjęcia</numerusform>
            <numerusform>%n zdjęć</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n required elements are still open.</source>
        <translation>
            <numerusform>%n wymagany element wciąż czeka.</numerusform>
            <numerusform>%n wymagane elementy wciąż czekają.</numerusform>
            <numerusform>%n wymaganych elementów wciąż czeka.</numerusform>
        </translation>
    </message>
    <message>
        <source>Directions</source>
        <translation>Dojazd</translation>
    </message>
    <message>
        <source>Return of goods</source>
        <translation>Zwrot towaru</translation>
    </message>
</context>
<context>
    <name>Visits</name>
    <message>
        <source>Overdue</source>
        <translation>Po terminie</translation>
    </message>
    <message>
        <source>Waits for approval</source>
        <translation>Czeka na akceptację</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>Zaplanowana</translation>
    </message>
    <message>
        <source>In progress</source>
        <translation>W toku</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>Wstrzymana</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>Zakończona</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Odrzucona</translation>
    </message>
    <message>
        <source>Canceled</source>
        <translation>Anulowana</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Wykonane</translation>
    </message>
    <message>
        <source>Not done</source>
        <translation>Niewykonane</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Rozpoczęte</translation>
    </message>
    <message>
        <source>To do</source>
        <translation>Do zrobienia</translation>
    </message>
    <message>
        <source>The office has to approve this visit before it is carried out.</source>
        <translation>Biuro musi zaakceptować tę wizytę przed jej wykonaniem.</translation>
    </message>
    <message>
        <source>This visit has ended already.</source>
        <translation>Ta wizyta już się zakończyła.</translation>
    </message>
    <message>
        <source>A reason is needed.</source>
        <translation>Potrzebny jest powód.</translation>
    </message>
    <message>
        <source>Answer the questions that are marked.</source>
        <translation>Odpowiedz na zaznaczone pytania.</translation>
    </message>
    <message>
        <source>It is on its way already and cannot be changed any more.</source>
        <translation>Jest już w drodze i nie można jej zmienić.</translation>
    </message>
    <message>
        <source>This appointment is no longer there.</source>
        <translation>Tej wizyty już nie ma.</translation>
    </message>
    <message>
        <source>all day</source>
        <translation>cały dzień</translation>
    </message>
    <message>
        <source>today</source>
        <translation>dziś</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>jutro</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>wczoraj</translation>
    </message>
    <message>
        <source>Week {number}</source>
        <translation>Tydzień {number}</translation>
    </message>
    <message>
        <source>start {km}</source>
        <translation>start {km}</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Szkic</translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n pozycja</numerusform>
            <numerusform>%n pozycje</numerusform>
            <numerusform>%n pozycji</numerusform>
        </translation>
    </message>
    <message>
        <source>This appointment has no customer, so no order can begin in it.</source>
        <translation>Ta wizyta nie ma kontrahenta, więc nie można w niej zacząć zamówienia.</translation>
    </message>
</context>
<context>
    <name>Waiting</name>
    <message numerus="yes">
        <source>%n documents</source>
        <translation>
            <numerusform>%n dokument</numerusform>
            <numerusform>%n dokumenty</numerusform>
            <numerusform>%n dokumentów</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n customers</source>
        <translation>
            <numerusform>%n kontrahent</numerusform>
            <numerusform>%n kontrahenci</numerusform>
            <numerusform>%n kontrahentów</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n appointments</source>
        <translation>
            <numerusform>%n wizyta</numerusform>
            <numerusform>%n wizyty</numerusform>
            <numerusform>%n wizyt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files</source>
        <translation>
            <numerusform>%n plik</numerusform>
            <numerusform>%n pliki</numerusform>
            <numerusform>%n plików</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n travel entries</source>
        <translation>
            <numerusform>%n przejazd</numerusform>
            <numerusform>%n przejazdy</numerusform>
            <numerusform>%n przejazdów</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing waits to be sent</source>
        <translation>Nic nie czeka na wysłanie</translation>
    </message>
    <message>
        <source>To send: {what}</source>
        <translation>Do wysłania: {what}</translation>
    </message>
</context>
<context>
    <name>WarningSheet</name>
    <message>
        <source>Before you confirm</source>
        <translation>Przed zatwierdzeniem</translation>
    </message>
    <message>
        <source>Confirm all the same</source>
        <translation>Zatwierdź mimo to</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Anuluj</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
</context>
<context>
    <name>WeekGrid</name>
    <message numerus="yes">
        <source>%n appointments</source>
        <translation>
            <numerusform>%n wizyta</numerusform>
            <numerusform>%n wizyty</numerusform>
            <numerusform>%n wizyt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n po terminie</numerusform>
            <numerusform>%n po terminie</numerusform>
            <numerusform>%n po terminie</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WindowErrors</name>
    <message>
        <source>Nothing was read or written.</source>
        <translation>Niczego nie odczytano ani nie zapisano.</translation>
    </message>
    <message>
        <source>The session with the gateway has ended.</source>
        <translation>Sesja z bramą wygasła.</translation>
    </message>
    <message>
        <source>The data on this device stay as they were, and nothing unsent is lost.</source>
        <translation>Dane na urządzeniu pozostają bez zmian i nic niewysłanego nie przepadło.</translation>
    </message>
    <message>
        <source>The key of the files on this device is not available.</source>
        <translation>Klucz do plików na tym urządzeniu jest niedostępny.</translation>
    </message>
    <message>
        <source>Unlock the keyring of the operating system, then start the app again.</source>
        <translation>Odblokuj pęk kluczy systemu i uruchom aplikację ponownie.</translation>
    </message>
    <message>
        <source>The file with your own work is damaged and was left untouched.</source>
        <translation>Plik z własną pracą jest uszkodzony i pozostał nietknięty.</translation>
    </message>
    <message>
        <source>Daily backups are beside it.</source>
        <translation>Obok są codzienne kopie zapasowe.</translation>
    </message>
    <message>
        <source>Ask support to restore the last backup: salesapp restore-backup.</source>
        <translation>Poproś wsparcie o przywrócenie ostatniej kopii: salesapp restore-backup.</translation>
    </message>
    <message>
        <source>Check the settings.</source>
        <translation>Sprawdź ustawienia.</translation>
    </message>
    <message>
        <source>The app made a mistake that it does not know ({reason}).</source>
        <translation>Aplikacja popełniła nieznany błąd ({reason}).</translation>
    </message>
    <message>
        <source>Save a report in Settings and send it to support.</source>
        <translation>Zapisz raport w Ustawieniach i wyślij go do wsparcia.</translation>
    </message>
    <message>
        <source>The gateway reports: {code}.</source>
        <translation>Brama zgłasza: {code}.</translation>
    </message>
    <message>
        <source>Update the app, which does not know this message.</source>
        <translation>Zaktualizuj aplikację, która nie zna tego komunikatu.</translation>
    </message>
    <message>
        <source>There is not enough space on this device.</source>
        <translation>Na urządzeniu jest za mało miejsca.</translation>
    </message>
    <message>
        <source>Free some space, then try again.</source>
        <translation>Zwolnij miejsce i spróbuj ponownie.</translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation>Nic nie wysłano.</translation>
    </message>
    <message>
        <source>Log out in Settings, then log on again.</source>
        <translation>Wyloguj się w Ustawieniach i zaloguj ponownie.</translation>
    </message>
    <message>
        <source>The certificate of {url} is not trusted: this device does not know who signed it.</source>
        <translation>Certyfikat {url} nie jest zaufany: urządzenie nie zna jego wystawcy.</translation>
    </message>
    <message>
        <source>Check the address; if it is right, ask your administrator for the company&apos;s CA certificate.</source>
        <translation>Sprawdź adres; jeśli jest poprawny, poproś administratora o firmowy certyfikat CA.</translation>
    </message>
    <message>
        <source>The certificate of {url} is not valid on the date of this device, {date}.</source>
        <translation>Certyfikat {url} nie jest ważny w dniu według zegara tego urządzenia, {date}.</translation>
    </message>
    <message>
        <source>Check the date and time of this device; if they are right, tell your administrator.</source>
        <translation>Sprawdź datę i godzinę urządzenia; jeśli są poprawne, powiadom administratora.</translation>
    </message>
    <message>
        <source>The certificate of {url} belongs to another address.</source>
        <translation>Certyfikat {url} należy do innego adresu.</translation>
    </message>
    <message>
        <source>Check the address; if it is right, tell your administrator.</source>
        <translation>Sprawdź adres; jeśli jest poprawny, powiadom administratora.</translation>
    </message>
    <message>
        <source>There is not enough space on this device: {needed} are needed, {free} are free.</source>
        <translation>Na urządzeniu jest za mało miejsca: potrzeba {needed}, wolne jest {free}.</translation>
    </message>
    <message>
        <source>The file has {size}; {limit} are allowed.</source>
        <translation>Plik ma {size}; dozwolone jest {limit}.</translation>
    </message>
    <message>
        <source>It was not added; everything else is as it was.</source>
        <translation>Nie dodano go; wszystko inne jest bez zmian.</translation>
    </message>
    <message>
        <source>Make it smaller and add it again.</source>
        <translation>Zmniejsz go i dodaj ponownie.</translation>
    </message>
    <message>
        <source>The record would have {size}; at most {limit} can be sent.</source>
        <translation>Rekord miałby {size}; można wysłać najwyżej {limit}.</translation>
    </message>
    <message>
        <source>It was not confirmed and stays as it was.</source>
        <translation>Nie został zatwierdzony i pozostaje bez zmian.</translation>
    </message>
    <message>
        <source>Split it, or shorten its descriptions, then try again.</source>
        <translation>Podziel go albo skróć opisy, a potem spróbuj ponownie.</translation>
    </message>
    <message>
        <source>The gateway&apos;s answer is larger than the {limit} that are allowed.</source>
        <translation>Odpowiedź bramy jest większa niż dozwolone {limit}.</translation>
    </message>
    <message>
        <source>Report it to the back office.</source>
        <translation>Zgłoś to biuru.</translation>
    </message>
    <message>
        <source>The gateway holds as many files of yours without a record as it takes: {files} files, {bytes}.</source>
        <translation>Brama przechowuje już tyle Twoich plików bez zapisu, ile przyjmuje: {files} plików, {bytes}.</translation>
    </message>
    <message>
        <source>The file and its record stay on this device and wait; nothing is lost.</source>
        <translation>Plik i jego zapis pozostają na urządzeniu i czekają; nic nie przepadło.</translation>
    </message>
    <message>
        <source>Synchronize again, so that records of earlier files arrive; if it stays, tell the back office.</source>
        <translation>Zsynchronizuj ponownie, aby dotarły zapisy wcześniejszych plików; jeśli problem się powtórzy, powiadom biuro.</translation>
    </message>
    <message>
        <source>The gateway takes no more records of yours today: {records} have arrived in 24 hours ({bytes}).</source>
        <translation>Brama nie przyjmuje dziś więcej Twoich rekordów: w ciągu 24 godzin dotarło ich {records} ({bytes}).</translation>
    </message>
    <message>
        <source>The record stays on this device and waits; nothing is lost.</source>
        <translation>Rekord pozostaje na tym urządzeniu i czeka; nic nie ginie.</translation>
    </message>
    <message>
        <source>Synchronize again tomorrow; if there are so many each day, ask the back office for a larger quota.</source>
        <translation>Zsynchronizuj ponownie jutro; jeśli codziennie jest ich tak dużo, poproś biuro o większy limit.</translation>
    </message>
    <message>
        <source>{records} records of yours ({bytes}) wait at the gateway for the ERP: it takes no more.</source>
        <translation>W bramie czeka na system ERP Twoich rekordów: {records} ({bytes}); więcej nie przyjmuje.</translation>
    </message>
    <message>
        <source>Tell the back office that the ERP takes nothing; synchronize again later.</source>
        <translation>Powiadom biuro, że system ERP niczego nie przyjmuje; zsynchronizuj ponownie później.</translation>
    </message>
    <message>
        <source>The gateway takes no more files of yours: it holds {bytes} of them.</source>
        <translation>Brama nie przyjmuje więcej Twoich plików: przechowuje ich już {bytes}.</translation>
    </message>
    <message>
        <source>Synchronize again tomorrow; if it stays, ask the back office for a larger quota.</source>
        <translation>Zsynchronizuj ponownie jutro; jeśli to nie pomoże, poproś biuro o większy limit.</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Sending from this device</source>
        <translation>Wysyłanie z urządzenia</translation>
    </message>
    <message>
        <source>nothing of it yet; the other objects are not affected.</source>
        <translation>jeszcze nic z tego obiektu; inne obiekty są nienaruszone.</translation>
    </message>
    <message>
        <source>the rows of {time} are kept; the other objects are not affected.</source>
        <translation>zachowano wiersze: {time}; inne obiekty są nienaruszone.</translation>
    </message>
</context>
<context>
    <name>WorkPage</name>
    <message numerus="yes">
        <source>%n documents</source>
        <translation>
            <numerusform>%n dokument</numerusform>
            <numerusform>%n dokumenty</numerusform>
            <numerusform>%n dokumentów</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n records on this device</source>
        <translation>
            <numerusform>%n zapis na tym urządzeniu</numerusform>
            <numerusform>%n zapisy na tym urządzeniu</numerusform>
            <numerusform>%n zapisów na tym urządzeniu</numerusform>
        </translation>
    </message>
    <message>
        <source>My work</source>
        <translation>Moja praca</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumenty</translation>
    </message>
    <message>
        <source>New order</source>
        <translation>Nowe zamówienie</translation>
    </message>
    <message>
        <source>New quote</source>
        <translation>Nowa oferta</translation>
    </message>
    <message>
        <source>Search: number, customer</source>
        <translation>Szukaj: numer, kontrahent</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Wyczyść wyszukiwanie</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Wszystkie</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Odrzucone</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Szkice</translation>
    </message>
    <message>
        <source>To send</source>
        <translation>Do wysłania</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Odebrane</translation>
    </message>
    <message>
        <source>In ERP</source>
        <translation>W ERP</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>Zamówienia</translation>
    </message>
    <message>
        <source>Quotes</source>
        <translation>Oferty</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nic nie pasuje</translation>
    </message>
    <message>
        <source>Choose “All”, or clear the search.</source>
        <translation>Wybierz „Wszystkie” albo wyczyść wyszukiwanie.</translation>
    </message>
    <message>
        <source>Nothing was made on this device yet</source>
        <translation>Na tym urządzeniu nic jeszcze nie powstało</translation>
    </message>
    <message>
        <source>Orders, visits, new customers and files appear here, each with its receipt.</source>
        <translation>Zamówienia, wizyty, nowi kontrahenci i pliki pojawią się tutaj, każde z pokwitowaniem.</translation>
    </message>
    <message>
        <source>No documents yet</source>
        <translation>Nie ma jeszcze dokumentów</translation>
    </message>
    <message>
        <source>Begin with a new order.</source>
        <translation>Zacznij od nowego zamówienia.</translation>
    </message>
    <message>
        <source>device, gateway, ERP</source>
        <translation>urządzenie, brama, ERP</translation>
    </message>
    <message>
        <source>last sent {time}</source>
        <translation>ostatnio wysłano {time}</translation>
    </message>
    <message numerus="yes">
        <source>%n records sent after the backup came back from the gateway.</source>
        <translation>
            <numerusform>Z bramy wrócił %n rekord wysłany po kopii.</numerusform>
            <numerusform>Z bramy wróciły %n rekordy wysłane po kopii.</numerusform>
            <numerusform>Z bramy wróciło %n rekordów wysłanych po kopii.</numerusform>
        </translation>
    </message>
    <message>
        <source>Your own work was restored from a backup.</source>
        <translation>Twoja praca została przywrócona z kopii zapasowej.</translation>
    </message>
    <message>
        <source>New return</source>
        <translation>Nowy zwrot</translation>
    </message>
    <message>
        <source>Returns</source>
        <translation>Zwroty</translation>
    </message>
</context>
<context>
    <name>WorkPresenter</name>
    <message>
        <source>Whose order is it?</source>
        <translation>Czyje to zamówienie?</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
    <message>
        <source>Whose quote is it?</source>
        <translation>Czyja to oferta?</translation>
    </message>
    <message>
        <source>Search: name, code, town</source>
        <translation>Szukaj: nazwa, kod, miejscowość</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Wyczyść wyszukiwanie</translation>
    </message>
    <message>
        <source>It is on its way already</source>
        <translation>Jest już w drodze</translation>
    </message>
    <message>
        <source>Sending has begun, so it cannot be changed any more. Nothing was changed; copy it if you need another.</source>
        <translation>Wysyłanie już się zaczęło i nie można go zmienić. Nic nie zmieniono; skopiuj go, jeśli potrzebujesz innego.</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Zapisano</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Otwórz</translation>
    </message>
    <message>
        <source>Good day,

please find attached: {title}.
</source>
        <translation>Dzień dobry,

w załączeniu: {title}.
</translation>
    </message>
    <message>
        <source>It is a draft again</source>
        <translation>To znów szkic</translation>
    </message>
    <message>
        <source>It keeps its number and stays on this device until you confirm it.</source>
        <translation>Zachowuje numer i zostaje na tym urządzeniu, aż go zatwierdzisz.</translation>
    </message>
    <message>
        <source>The e-mail has no recipient yet</source>
        <translation>Wiadomość nie ma jeszcze adresata</translation>
    </message>
    <message>
        <source>The customer&apos;s address “{address}” is not one plain e-mail address. The draft is saved without it: {path}. Type the address in the mail program, and mend it in the customer.</source>
        <translation>Adres klienta „{address}” nie jest jednym zwykłym adresem e-mail. Wersję roboczą zapisano bez niego: {path}. Wpisz adres w programie pocztowym i popraw go u klienta.</translation>
    </message>
    <message>
        <source>Who returns something?</source>
        <translation>Kto zwraca towar?</translation>
    </message>
</context>
<context>
    <name>ZoomSheet</name>
    <message>
        <source>Smaller</source>
        <translation>Mniejsze</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Większe</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Zamknij</translation>
    </message>
</context>
</TS>
