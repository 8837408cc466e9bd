<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Chart</name>
    <message>
        <source>Cost a month</source>
        <translation>Kosten im Monat</translation>
    </message>
    <message>
        <source>By what is paid for. Hatched: paid for nothing, idle capacity.</source>
        <translation>Wofür bezahlt wird. Schraffiert: umsonst bezahlt, ungenutzt.</translation>
    </message>
    <message>
        <source>strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>total [USD/month]</source>
        <translation>gesamt [USD/Monat]</translation>
    </message>
    <message>
        <source>USD a month</source>
        <translation>USD im Monat</translation>
    </message>
    <message>
        <source>Percentile ladder</source>
        <translation>Leiter der Perzentile</translation>
    </message>
    <message>
        <source>Band: spread from p50 to p99.9, what users feel. Whiskers: error of each percentile, how sure the simulation is.</source>
        <translation>Band: Spanne von p50 bis p99.9, was Nutzer spüren. Striche: Fehler jedes Perzentils, wie sicher die Simulation ist.</translation>
    </message>
    <message>
        <source>deadline</source>
        <translation>Frist</translation>
    </message>
    <message>
        <source>change of p99 [ms]</source>
        <translation>Änderung von p99 [ms]</translation>
    </message>
    <message>
        <source>no requests of this flow</source>
        <translation>keine Anfragen dieses Ablaufs</translation>
    </message>
    <message>
        <source>✗ cannot serve everybody</source>
        <translation>✗ kann nicht alle bedienen</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <source>survives</source>
        <translation>übersteht es</translation>
    </message>
    <message>
        <source>users in it</source>
        <translation>Nutzer darin</translation>
    </message>
    <message>
        <source>requests/s in it</source>
        <translation>Anfragen/s darin</translation>
    </message>
    <message>
        <source>share of its calls</source>
        <translation>Anteil seiner Aufrufe</translation>
    </message>
    <message>
        <source>fail until the failover</source>
        <translation>scheitern bis zur Umschaltung</translation>
    </message>
    <message>
        <source>saved by a later attempt</source>
        <translation>durch spätere Versuche gerettet</translation>
    </message>
    <message>
        <source>busiest pool after it</source>
        <translation>danach vollster Pool</translation>
    </message>
    <message>
        <source>p99 of %1 [ms]</source>
        <translation>p99 von %1 [ms]</translation>
    </message>
    <message>
        <source>✓ yes</source>
        <translation>✓ ja</translation>
    </message>
    <message>
        <source>✗ no: %1</source>
        <translation>✗ nein: %1</translation>
    </message>
    <message>
        <source>Cost against p99</source>
        <translation>Kosten gegen p99</translation>
    </message>
    <message>
        <source>Lower left is better. Ellipses span the intervals; hollow: another strategy is both cheaper and faster.</source>
        <translation>Links unten ist besser. Ellipsen umfassen die Intervalle; hohl: eine andere Strategie ist billiger und schneller.</translation>
    </message>
    <message>
        <source>p99 [ms]</source>
        <translation>p99 [ms]</translation>
    </message>
    <message>
        <source>cost [USD/month]</source>
        <translation>Kosten [USD/Monat]</translation>
    </message>
    <message>
        <source>dominated</source>
        <translation>übertroffen</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Where the time goes</source>
        <translation>Wo die Zeit bleibt</translation>
    </message>
    <message>
        <source>Mean of each part of the latency. Thick: requests at or above p99. Thin: all requests.</source>
        <translation>Mittel jedes Teils der Latenz. Dick: Anfragen ab p99. Dünn: alle Anfragen.</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>at or above p99</source>
        <translation>ab p99</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>mean [ms]</source>
        <translation>Mittel [ms]</translation>
    </message>
    <message>
        <source>%1 sites</source>
        <translation>%1 Standorte</translation>
    </message>
    <message>
        <source>plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>latency [ms]</source>
        <translation>Latenz [ms]</translation>
    </message>
    <message>
        <source>sites</source>
        <translation>Standorte</translation>
    </message>
    <message>
        <source>requirements</source>
        <translation>Anforderungen</translation>
    </message>
    <message>
        <source>placement</source>
        <translation>Platzierung</translation>
    </message>
    <message>
        <source>✗ misses one</source>
        <translation>✗ verfehlt eine</translation>
    </message>
    <message>
        <source>✓ kept, by formula</source>
        <translation>✓ gehalten, nach Formel</translation>
    </message>
    <message>
        <source>kept with probability %1</source>
        <translation>gehalten mit Wahrscheinlichkeit %1</translation>
    </message>
    <message>
        <source>latency by formula [ms]</source>
        <translation>Latenz nach Formel [ms]</translation>
    </message>
    <message>
        <source>front</source>
        <translation>Front</translation>
    </message>
    <message>
        <source>obvious placements</source>
        <translation>naheliegende Platzierungen</translation>
    </message>
    <message>
        <source>plans</source>
        <translation>Pläne</translation>
    </message>
    <message>
        <source>infeasible</source>
        <translation>nicht machbar</translation>
    </message>
    <message>
        <source>status</source>
        <translation>Stand</translation>
    </message>
    <message>
        <source>How often is it slower?</source>
        <translation>Wie oft dauert es länger?</translation>
    </message>
    <message>
        <source>Share of the requests that take longer than a latency; further left and lower is better.</source>
        <translation>Anteil der Anfragen, die länger dauern als eine Latenz; weiter links und tiefer ist besser.</translation>
    </message>
    <message>
        <source>slower share</source>
        <translation>langsamerer Anteil</translation>
    </message>
    <message>
        <source>share of requests slower</source>
        <translation>Anteil langsamerer Anfragen</translation>
    </message>
    <message>
        <source> (assumed)</source>
        <translation> (angenommen)</translation>
    </message>
    <message>
        <source>cannot run: %1</source>
        <translation>kann nicht laufen: %1</translation>
    </message>
    <message>
        <source>input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>basis</source>
        <translation>Grundlage</translation>
    </message>
    <message>
        <source>lowered</source>
        <translation>gesenkt</translation>
    </message>
    <message>
        <source>raised</source>
        <translation>erhöht</translation>
    </message>
    <message>
        <source>turns the verdict</source>
        <translation>kippt das Urteil</translation>
    </message>
    <message>
        <source>assumed</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>stated</source>
        <translation>belegt</translation>
    </message>
    <message>
        <source>! yes</source>
        <translation>! ja</translation>
    </message>
    <message>
        <source>change of %1 [%2]</source>
        <translation>Änderung von %1 [%2]</translation>
    </message>
    <message>
        <source>Where and when</source>
        <translation>Wo und wann</translation>
    </message>
    <message>
        <source>Sites (pools for utilisation) by slices of the run, of the selected strategy. Dark is low, bright is high, blank is without requests.</source>
        <translation>Standorte (bei Auslastung Pools) nach Abschnitten des Laufs, unter der gewählten Strategie. Dunkel ist niedrig, hell ist hoch, leer ist ohne Anfragen.</translation>
    </message>
    <message>
        <source>%1, %2: %3 (dark) to %4 (bright) %5</source>
        <translation>%1, %2: %3 (dunkel) bis %4 (hell) %5</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>beantwortet</translation>
    </message>
    <message>
        <source>cold starts</source>
        <translation>Kaltstarts</translation>
    </message>
    <message>
        <source>utilisation</source>
        <translation>Auslastung</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>power</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>carbon</source>
        <translation>CO2</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>Im Lauf der Zeit</translation>
    </message>
    <message>
        <source>By the slice of the run in which requests began (UTC). Band: interval of each value. Dashed: the slice that the timeline shows.</source>
        <translation>Nach dem Abschnitt des Laufs, in dem die Anfragen begannen (UTC). Band: Intervall jedes Werts. Gestrichelt: der Abschnitt, den die Zeitleiste zeigt.</translation>
    </message>
    <message>
        <source>begins</source>
        <translation>beginnt</translation>
    </message>
    <message>
        <source>One request: %1 #%2</source>
        <translation>Eine Anfrage: %1 #%2</translation>
    </message>
    <message>
        <source>What happened to it, from the user's question to the answer: %1 ms in all. Branches run side by side.</source>
        <translation>Was mit ihr geschah, von der Frage des Nutzers bis zur Antwort: %1 ms insgesamt. Zweige laufen nebeneinander.</translation>
    </message>
    <message>
        <source>span</source>
        <translation>Abschnitt</translation>
    </message>
    <message>
        <source>begins [ms]</source>
        <translation>beginnt [ms]</translation>
    </message>
    <message>
        <source>takes [ms]</source>
        <translation>dauert [ms]</translation>
    </message>
    <message>
        <source>since the request began [ms]</source>
        <translation>seit Beginn der Anfrage [ms]</translation>
    </message>
</context>
<context>
    <name>Edit</name>
    <message>
        <source>An id has small letters, digits and hyphens within, at most 63.</source>
        <translation>Ein Name hat kleine Buchstaben, Ziffern und innen Bindestriche, höchstens 63 Zeichen.</translation>
    </message>
    <message>
        <source>There is a %1 already.</source>
        <translation>%1 gibt es schon.</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>%1 hinzufügen</translation>
    </message>
    <message>
        <source>Duplicate as %1</source>
        <translation>Als %1 verdoppeln</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
</context>
<context>
    <name>Map</name>
    <message>
        <source>region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>metro</source>
        <translation>Metropole</translation>
    </message>
    <message>
        <source>point of presence</source>
        <translation>Netzknoten</translation>
    </message>
    <message>
        <source>edge</source>
        <translation>Edge</translation>
    </message>
    <message>
        <source>other site</source>
        <translation>anderer Standort</translation>
    </message>
    <message>
        <source>%1 users</source>
        <translation>%1 Nutzer</translation>
    </message>
    <message>
        <source>⚠ beyond %1 %2: %3</source>
        <translation>⚠ jenseits von %1 %2: %3</translation>
    </message>
    <message>
        <source>links: as wide as their capacity</source>
        <translation>Leitungen: so breit wie ihre Kapazität</translation>
    </message>
    <message>
        <source>links: as wide as their capacity, load</source>
        <translation>Leitungen: so breit wie ihre Kapazität, Auslastung</translation>
    </message>
    <message>
        <source>Map: Natural Earth</source>
        <translation>Karte: Natural Earth</translation>
    </message>
    <message>
        <source>no service placed here</source>
        <translation>hier steht kein Dienst</translation>
    </message>
    <message>
        <source>users</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <source>no bandwidth is said</source>
        <translation>keine Bandbreite angegeben</translation>
    </message>
    <message>
        <source>network round trip without load</source>
        <translation>Umlaufzeit im Netz ohne Last</translation>
    </message>
    <message>
        <source>p95 of latency</source>
        <translation>p95 der Latenz</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>nearly full</source>
        <translation>fast voll</translation>
    </message>
    <message>
        <source>deadline</source>
        <translation>Frist</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>carbon</source>
        <translation>CO2</translation>
    </message>
    <message>
        <source>utilisation of the busiest pool</source>
        <translation>Auslastung des vollsten Pools</translation>
    </message>
    <message>
        <source>users and the site that serves them</source>
        <translation>Nutzer und der Standort, der sie bedient</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>%1: %2 out, not simulated</source>
        <translation>%1: %2 fällt aus, nicht simuliert</translation>
    </message>
    <message>
        <source>▒ requests   — p99, at most %1 ms</source>
        <translation>▒ Anfragen   — p99, höchstens %1 ms</translation>
    </message>
    <message>
        <source>   ▨ beyond the deadline, %1 ms</source>
        <translation>   ▨ jenseits der Frist, %1 ms</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <source>fail</source>
        <translation>verfehlt</translation>
    </message>
    <message>
        <source>inconclusive</source>
        <translation>unentschieden</translation>
    </message>
    <message>
        <source>warn</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>pass</source>
        <translation>erfüllt</translation>
    </message>
</context>
<context>
    <name>gui::CommandPalette</name>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
        <source>Part of a command's name</source>
        <translation>Teil des Namens eines Befehls</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
</context>
<context>
    <name>gui::CompareView</name>
    <message>
        <source>Reference</source>
        <translation>Vergleich mit</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>Ablauf</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>Im Lauf der Zeit</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Differences to the reference</source>
        <translation>Unterschiede zum Vergleich</translation>
    </message>
    <message>
        <source>&lt;b&gt;Differences to the reference&lt;/b&gt;, paired over the same demand</source>
        <translation>&lt;b&gt;Unterschiede zum Vergleich&lt;/b&gt;, gepaart über derselben Nachfrage</translation>
    </message>
    <message>
        <source>Copy the figures</source>
        <translation>Die Zahlen kopieren</translation>
    </message>
    <message>
        <source>Copy the differences as text</source>
        <translation>Die Unterschiede als Text kopieren</translation>
    </message>
    <message>
        <source>&lt;div style='font-size:15pt; font-weight:600'&gt;Press F5 to compare the strategies.&lt;/div&gt;&lt;div&gt;Each is simulated on the same demand; the answer stands here.&lt;/div&gt;</source>
        <translation>&lt;div style='font-size:15pt; font-weight:600'&gt;F5 vergleicht die Strategien.&lt;/div&gt;&lt;div&gt;Jede wird mit derselben Nachfrage simuliert; die Antwort steht dann hier.&lt;/div&gt;</translation>
    </message>
    <message>
        <source>&lt;div&gt;&lt;b&gt;▨ Preview&lt;/b&gt;: a short simulation; press F5 for results to rely on.&lt;/div&gt;</source>
        <translation>&lt;div&gt;&lt;b&gt;▨ Vorschau&lt;/b&gt;: eine kurze Simulation; F5 gibt verlässliche Ergebnisse.&lt;/div&gt;</translation>
    </message>
    <message>
        <source>&lt;div&gt;&lt;b&gt;⚠ Stale&lt;/b&gt;: the scenario was changed since; press F5 to run it again.&lt;/div&gt;</source>
        <translation>&lt;div&gt;&lt;b&gt;⚠ Veraltet&lt;/b&gt;: das Szenario wurde seither geändert; F5 rechnet neu.&lt;/div&gt;</translation>
    </message>
</context>
<context>
    <name>gui::ComparisonModel</name>
    <message>
        <source>%1 of latency [ms]</source>
        <translation>%1 der Latenz [ms]</translation>
    </message>
    <message>
        <source>mean latency [ms]</source>
        <translation>mittlere Latenz [ms]</translation>
    </message>
    <message>
        <source>beyond the deadline, %1</source>
        <translation>nach der Frist, %1</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>beantwortet</translation>
    </message>
    <message>
        <source>cost [USD/month]</source>
        <translation>Kosten [USD/Monat]</translation>
    </message>
    <message>
        <source>energy [kWh/month]</source>
        <translation>Energie [kWh/Monat]</translation>
    </message>
    <message>
        <source>carbon [kgCO2e/month]</source>
        <translation>CO2 [kgCO2e/Monat]</translation>
    </message>
    <message>
        <source>%1
Bounds at %2 confidence each.</source>
        <translation>%1
Schranken mit je %2 Vertrauen.</translation>
    </message>
    <message>
        <source>infeasible</source>
        <translation>nicht machbar</translation>
    </message>
    <message>
        <source>Difference %1 to %2 at %3 confidence, paired over the same demand.</source>
        <translation>Unterschied %1 bis %2 mit %3 Vertrauen, gepaart über derselben Nachfrage.</translation>
    </message>
    <message>
        <source> better</source>
        <translation> besser</translation>
    </message>
    <message>
        <source> worse</source>
        <translation> schlechter</translation>
    </message>
</context>
<context>
    <name>gui::DifferenceDialog</name>
    <message>
        <source>What differs</source>
        <translation>Was sich unterscheidet</translation>
    </message>
</context>
<context>
    <name>gui::EntryDialog</name>
    <message>
        <source>the base, for every strategy</source>
        <translation>die Basis, für alle Strategien</translation>
    </message>
    <message>
        <source>strategy %1 alone</source>
        <translation>nur die Strategie %1</translation>
    </message>
    <message>
        <source>Add to</source>
        <translation>Hinzufügen zu</translation>
    </message>
    <message>
        <source>Id</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>In</source>
        <translation>In</translation>
    </message>
</context>
<context>
    <name>gui::FailurePage</name>
    <message>
        <source>Enter this state</source>
        <translation>In diesen Zustand gehen</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Ihn verlassen</translation>
    </message>
    <message>
        <source>What each loss does</source>
        <translation>Was jeder Verlust bewirkt</translation>
    </message>
    <message>
        <source>Steady state after the failover, against nothing lost, on the same demand. Click a loss to choose it.</source>
        <translation>Nach der Umschaltung, gegen ohne Verlust, mit derselben Nachfrage. Ein Klick wählt einen Verlust.</translation>
    </message>
    <message>
        <source>site</source>
        <translation>Standort</translation>
    </message>
    <message>
        <source>link</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <source>Lose each</source>
        <translation>Verloren wird je</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>Zugleich</translation>
    </message>
    <message>
        <source>▶ Find the losses</source>
        <translation>▶ Verluste suchen</translation>
    </message>
    <message>
        <source>Add a strategy that has lost this part, and show it</source>
        <translation>Eine Strategie hinzufügen, der dieser Teil fehlt, und sie zeigen</translation>
    </message>
    <message>
        <source>Remove that strategy again and show the one before</source>
        <translation>Diese Strategie wieder entfernen und die vorige zeigen</translation>
    </message>
    <message>
        <source>Which single or double loss hurts most? Every part that the strategy uses is taken away in turn.</source>
        <translation>Welcher einfache oder doppelte Verlust trifft am meisten? Jeder genutzte Teil wird der Reihe nach weggenommen.</translation>
    </message>
    <message>
        <source>Nothing that could be lost is in use.</source>
        <translation>Nichts, was verloren gehen könnte, wird genutzt.</translation>
    </message>
    <message>
        <source>Worst: without %1 not everybody can be served.</source>
        <translation>Am schlimmsten: ohne %1 können nicht alle bedient werden.</translation>
    </message>
    <message>
        <source>Worst: without %1 p99 of %2 is %3 ms.</source>
        <translation>Am schlimmsten: ohne %1 ist p99 von %2 %3 ms.</translation>
    </message>
    <message>
        <source>Without %1 it cannot run: %2</source>
        <translation>Ohne %1 geht es nicht: %2</translation>
    </message>
    <message>
        <source>%1 without %2</source>
        <translation>%1 ohne %2</translation>
    </message>
    <message>
        <source>Lose %1</source>
        <translation>%1 verlieren</translation>
    </message>
    <message>
        <source>Leave the loss</source>
        <translation>Den Verlust verlassen</translation>
    </message>
    <message>
        <source>Only one that could be lost is in use, so no two can be.</source>
        <translation>Nur eines, das ausfallen könnte, wird benutzt: zwei können es nicht.</translation>
    </message>
    <message>
        <source>%1 is infeasible as it is: %2</source>
        <translation>%1 ist schon so nicht durchführbar: %2</translation>
    </message>
    <message>
        <source>Stopped before any loss was tried.</source>
        <translation>Angehalten, ehe ein Ausfall versucht war.</translation>
    </message>
    <message>
        <source>Stopped: %1 of %2 losses were tried.</source>
        <translation>Angehalten: %1 von %2 Ausfällen wurden versucht.</translation>
    </message>
</context>
<context>
    <name>gui::FieldSlider</name>
    <message>
        <source>Try values of %1</source>
        <translation>Werte für %1 ausprobieren</translation>
    </message>
</context>
<context>
    <name>gui::InspectorModel</name>
    <message>
        <source>removed by strategy %1</source>
        <translation>von Strategie %1 entfernt</translation>
    </message>
    <message>
        <source>default %1</source>
        <translation>Vorgabe %1</translation>
    </message>
    <message>
        <source>written here</source>
        <translation>steht hier</translation>
    </message>
    <message>
        <source>base</source>
        <translation>Basis</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Set by</source>
        <translation>Gesetzt von</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>%1 ändern</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>%1 zurücksetzen</translation>
    </message>
</context>
<context>
    <name>gui::InspectorPanel</name>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Where edits go</source>
        <translation>Wohin Änderungen gehen</translation>
    </message>
    <message>
        <source>Edits change the base, for every strategy</source>
        <translation>Änderungen gelten für die Basis, für jede Strategie</translation>
    </message>
    <message>
        <source>Edits change the shown strategy alone</source>
        <translation>Änderungen gelten nur für die gezeigte Strategie</translation>
    </message>
    <message>
        <source>Show fields that are not set</source>
        <translation>Auch Felder zeigen, die nicht gesetzt sind</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <source>Go back to what the strategy inherits, or to the default</source>
        <translation>Zurück zu dem, was die Strategie erbt, oder zur Vorgabe</translation>
    </message>
    <message>
        <source>Take this pool, placement or the like away</source>
        <translation>Diesen Pool, diese Platzierung oder Ähnliches wegnehmen</translation>
    </message>
    <message>
        <source>Select something on the map or in the scenario.</source>
        <translation>Wählen Sie etwas auf der Karte oder im Szenario.</translation>
    </message>
    <message>
        <source>%1 · as in strategy %2</source>
        <translation>%1 · wie in Strategie %2</translation>
    </message>
    <message>
        <source>Reset to what is inherited</source>
        <translation>Auf das Geerbte zurücksetzen</translation>
    </message>
</context>
<context>
    <name>gui::MainWindow</name>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>Ausfälle</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Reihe</translation>
    </message>
    <message>
        <source>Optimise</source>
        <translation>Optimieren</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelltext</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>As opened</source>
        <translation>Wie geöffnet</translation>
    </message>
    <message>
        <source>History of the edits</source>
        <translation>Verlauf der Änderungen</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>Szenario</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Eigenschaften</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>The run failed: %1</source>
        <translation>Der Lauf ist gescheitert: %1</translation>
    </message>
    <message>
        <source>%1[*] — Isochrone</source>
        <translation>%1[*] — Isochrone</translation>
    </message>
    <message>
        <source>Isochrone</source>
        <translation>Isochrone</translation>
    </message>
    <message>
        <source>not saved to a file yet</source>
        <translation>noch in keiner Datei</translation>
    </message>
    <message>
        <source>● unsaved changes</source>
        <translation>● ungespeicherte Änderungen</translation>
    </message>
    <message>
        <source>✓ saved</source>
        <translation>✓ gespeichert</translation>
    </message>
    <message>
        <source>Problems (%1)</source>
        <translation>Probleme (%1)</translation>
    </message>
    <message>
        <source>Save the scenario first: the command line reads the file.</source>
        <translation>Zuerst speichern: die Befehlszeile liest die Datei.</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>Kopiert: %1</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>Open a sa&amp;mple</source>
        <translation>&amp;Beispiel öffnen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>Speichern &amp;unter…</translation>
    </message>
    <message>
        <source>&amp;Export the report…</source>
        <translation>B&amp;ericht ausgeben…</translation>
    </message>
    <message>
        <source>&amp;Close the scenario</source>
        <translation>Szenario s&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Add…</source>
        <translation>&amp;Hinzufügen…</translation>
    </message>
    <message>
        <source>&amp;Duplicate…</source>
        <translation>&amp;Verdoppeln…</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Re&amp;set the field</source>
        <translation>Feld &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Go to…</source>
        <translation>&amp;Gehe zu…</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Map: geography or schematic</source>
        <translation>Karte: Geografie oder Schema</translation>
    </message>
    <message>
        <source>Charts: pictures or figures</source>
        <translation>Diagramme: Bilder oder Zahlen</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>&amp;Time</source>
        <translation>&amp;Zeit</translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation>&amp;Abspielen oder anhalten</translation>
    </message>
    <message>
        <source>&amp;Next slice</source>
        <translation>&amp;Nächster Abschnitt</translation>
    </message>
    <message>
        <source>P&amp;revious slice</source>
        <translation>&amp;Voriger Abschnitt</translation>
    </message>
    <message>
        <source>&amp;Whole run</source>
        <translation>&amp;Ganzer Lauf</translation>
    </message>
    <message>
        <source>&amp;Slowest request</source>
        <translation>&amp;Langsamste Anfrage</translation>
    </message>
    <message>
        <source>The slowest request of %1</source>
        <translation>Die langsamste Anfrage von %1</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>&amp;Run and compare</source>
        <translation>&amp;Rechnen und vergleichen</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>&amp;Ask what this page asks</source>
        <translation>&amp;Frage dieser Seite stellen</translation>
    </message>
    <message>
        <source>&amp;Preview</source>
        <translation>&amp;Vorschau</translation>
    </message>
    <message>
        <source>Preview after every &amp;change</source>
        <translation>Vorschau nach jeder Ä&amp;nderung</translation>
    </message>
    <message>
        <source>&amp;Copy as command line</source>
        <translation>Als Befehlszeile &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Find a command…</source>
        <translation>Befehl &amp;suchen…</translation>
    </message>
    <message>
        <source>&amp;Shortcuts</source>
        <translation>&amp;Tasten</translation>
    </message>
    <message>
        <source>&amp;About</source>
        <translation>Ü&amp;ber</translation>
    </message>
    <message>
        <source>Isochrone %1

Map: Natural Earth, public domain.</source>
        <translation>Isochrone %1

Karte: Natural Earth, gemeinfrei.</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>▶ Run</source>
        <translation>▶ Rechnen</translation>
    </message>
    <message>
        <source>■ Stop</source>
        <translation>■ Anhalten</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open a sample</source>
        <translation>Beispiel öffnen</translation>
    </message>
    <message>
        <source>%1 cannot be written</source>
        <translation>%1 kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>Open a scenario</source>
        <translation>Szenario öffnen</translation>
    </message>
    <message>
        <source>Scenarios (*.json)</source>
        <translation>Szenarien (*.json)</translation>
    </message>
    <message>
        <source>Save the scenario</source>
        <translation>Szenario speichern</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Run the scenario first (F5): a report holds full results of it as it stands.</source>
        <translation>Zuerst rechnen (F5): ein Bericht enthält volle Ergebnisse des Szenarios, wie es ist.</translation>
    </message>
    <message>
        <source>Export the report</source>
        <translation>Bericht ausgeben</translation>
    </message>
    <message>
        <source>Report (*.html)</source>
        <translation>Bericht (*.html)</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>Ungespeicherte Änderungen</translation>
    </message>
    <message>
        <source>Save the changes of %1?</source>
        <translation>Die Änderungen an %1 speichern?</translation>
    </message>
    <message>
        <source>Changed on disk</source>
        <translation>Auf der Platte geändert</translation>
    </message>
    <message>
        <source>%1 was changed by another program. What it has beside what is here:</source>
        <translation>%1 wurde von einem anderen Programm geändert. Was dort anders ist als hier:</translation>
    </message>
    <message>
        <source>The last session ended before these changes of %1 were saved.</source>
        <translation>Die letzte Sitzung endete, bevor diese Änderungen an %1 gespeichert waren.</translation>
    </message>
    <message>
        <source>Take it over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Meines behalten</translation>
    </message>
    <message>
        <source>Take over the file's changes</source>
        <translation>Änderungen der Datei übernehmen</translation>
    </message>
    <message>
        <source>Unsaved changes were found</source>
        <translation>Ungespeicherte Änderungen gefunden</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Restore unsaved changes</source>
        <translation>Ungespeicherte Änderungen wiederherstellen</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <translation>Empfindlichkeit</translation>
    </message>
    <message>
        <source>Add a &amp;site on the map…</source>
        <translation>Einen &amp;Standort auf der Karte hinzufügen…</translation>
    </message>
    <message>
        <source>Add &amp;users on the map…</source>
        <translation>&amp;Nutzer auf der Karte hinzufügen…</translation>
    </message>
    <message>
        <source>%1: %2 requests in %3 replications</source>
        <translation>%1: %2 Anfragen in %3 Wiederholungen</translation>
    </message>
</context>
<context>
    <name>gui::MapPage</name>
    <message>
        <source>against the reference</source>
        <translation>gegen den Vergleich</translation>
    </message>
    <message>
        <source>round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <source>p95 latency</source>
        <translation>p95 der Latenz</translation>
    </message>
    <message>
        <source>utilisation</source>
        <translation>Auslastung</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>carbon</source>
        <translation>CO2</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>geography</source>
        <translation>Geografie</translation>
    </message>
    <message>
        <source>schematic</source>
        <translation>Schema</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>Ablauf</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Isochrones</source>
        <translation>Isochronen</translation>
    </message>
    <message>
        <source>Area within the budget gained (plain) and lost (hatched) against the reference strategy</source>
        <translation>Fläche innerhalb der Zeit, gewonnen (voll) und verloren (schraffiert) gegen die Vergleichsstrategie</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Anordnung</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Näher</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Weiter weg</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <source>%1 km²</source>
        <translation>%1 km²</translation>
    </message>
    <message>
        <source>%1 million km²</source>
        <translation>%1 Mio. km²</translation>
    </message>
    <message>
        <source>Within %1 ms: %2 of the users of %3</source>
        <translation>Innerhalb von %1 ms: %2 der Nutzer von %3</translation>
    </message>
    <message>
        <source>
%1 of what is shown</source>
        <translation>
%1 des Gezeigten</translation>
    </message>
    <message>
        <source>; gained %1 (plain), lost %2 (hatched)</source>
        <translation>; gewonnen %1 (glatt), verloren %2 (schraffiert)</translation>
    </message>
    <message>
        <source>, %1 under %2</source>
        <translation>, %1 unter %2</translation>
    </message>
    <message>
        <source>%1 here: mean round trip without load %2 ms</source>
        <translation>%1 hier: mittlere Umlaufzeit ohne Last %2 ms</translation>
    </message>
    <message>
        <source>%1 takes its place from a catalogue or an import; give it an "at" of its own to move it</source>
        <translation>%1 hat seinen Ort aus einem Katalog oder Import; ein eigenes „at“ macht es beweglich</translation>
    </message>
    <message>
        <source>Move %1</source>
        <translation>%1 verschieben</translation>
    </message>
    <message>
        <source>There is no such place.</source>
        <translation>Diesen Ort gibt es nicht.</translation>
    </message>
    <message>
        <source>+ Site</source>
        <translation>+ Standort</translation>
    </message>
    <message>
        <source>Add a site where the map is clicked</source>
        <translation>Einen Standort hinzufügen, wo auf die Karte geklickt wird</translation>
    </message>
    <message>
        <source>+ Users</source>
        <translation>+ Nutzer</translation>
    </message>
    <message>
        <source>Add users where the map is clicked</source>
        <translation>Nutzer hinzufügen, wo auf die Karte geklickt wird</translation>
    </message>
    <message>
        <source>Places are chosen on the map's geography (Alt+L), not on the schematic layout.</source>
        <translation>Orte werden auf der geografischen Karte gewählt (Alt+L), nicht im Schema.</translation>
    </message>
    <message>
        <source>Click where it stands, or press Return for the middle of the map; Esc to leave it.</source>
        <translation>Klicken Sie auf den Ort, oder drücken Sie Eingabe für die Mitte der Karte; Esc bricht ab.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
</context>
<context>
    <name>gui::MapView</name>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Sites, users and the network between them; the same figures stand in the tables</source>
        <translation>Standorte, Nutzer und das Netz dazwischen; dieselben Zahlen stehen in den Tabellen</translation>
    </message>
</context>
<context>
    <name>gui::OptimizePage</name>
    <message>
        <source>keep the sites, decide sizes alone</source>
        <translation>Standorte behalten, nur Größen entscheiden</translation>
    </message>
    <message>
        <source>Cost against latency</source>
        <translation>Kosten gegen Latenz</translation>
    </message>
    <message>
        <source>Lower left is better. Stars: the best plans; squares: obvious placements; line: nothing that was met is both cheaper and faster.</source>
        <translation>Links unten ist besser. Sterne: die besten Pläne; Quadrate: naheliegende Platzierungen; Linie: nichts Gefundenes ist billiger und schneller.</translation>
    </message>
    <message>
        <source>Save the plan as strategy</source>
        <translation>Plan als Strategie sichern</translation>
    </message>
    <message>
        <source>Minimise</source>
        <translation>Möglichst wenig</translation>
    </message>
    <message>
        <source>Best plans</source>
        <translation>Beste Pläne</translation>
    </message>
    <message>
        <source>Plans to estimate</source>
        <translation>Pläne zu schätzen</translation>
    </message>
    <message>
        <source>▶ Search</source>
        <translation>▶ Suchen</translation>
    </message>
    <message>
        <source>Subject to</source>
        <translation>Unter der Bedingung</translation>
    </message>
    <message>
        <source>Decide the placement of</source>
        <translation>Entschieden wird, wo steht</translation>
    </message>
    <message>
        <source>What the search found</source>
        <translation>Was die Suche fand</translation>
    </message>
    <message>
        <source>Which placement keeps every requirement at the least cost? Formulas search, simulation decides among the best.</source>
        <translation>Welche Platzierung hält jede Anforderung am billigsten? Formeln suchen, Simulation entscheidet unter den besten.</translation>
    </message>
    <message>
        <source>No plan keeps every requirement.</source>
        <translation>Kein Plan hält jede Anforderung.</translation>
    </message>
    <message>
        <source>%1: %2 USD a month, sites: %3.</source>
        <translation>%1: %2 USD im Monat, Standorte: %3.</translation>
    </message>
    <message>
        <source>Save %1</source>
        <translation>%1 sichern</translation>
    </message>
    <message>
        <source>Strategy %1 is in the scenario; run the comparison (F5) to see it beside the others.</source>
        <translation>Strategie %1 steht im Szenario; der Vergleich (F5) zeigt sie neben den anderen.</translation>
    </message>
</context>
<context>
    <name>gui::PlotPanel</name>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Show the figures instead of the picture</source>
        <translation>Die Zahlen statt des Bildes zeigen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy as image</source>
        <translation>Als Bild kopieren</translation>
    </message>
    <message>
        <source>Copy the figures</source>
        <translation>Die Zahlen kopieren</translation>
    </message>
    <message>
        <source>Export as PNG, SVG or CSV…</source>
        <translation>Als PNG, SVG oder CSV ausgeben…</translation>
    </message>
    <message>
        <source>%1 cannot be written</source>
        <translation>%1 kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>%1 ends neither in .png, .svg nor .csv</source>
        <translation>%1 endet weder auf .png, .svg noch .csv</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Ausgeben</translation>
    </message>
    <message>
        <source>Picture (*.png);;Drawing (*.svg);;Figures (*.csv)</source>
        <translation>Bild (*.png);;Zeichnung (*.svg);;Zahlen (*.csv)</translation>
    </message>
</context>
<context>
    <name>gui::ProblemsModel</name>
    <message>
        <source>Code</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Stelle</translation>
    </message>
</context>
<context>
    <name>gui::QuestionPage</name>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>Flow</source>
        <translation>Ablauf</translation>
    </message>
    <message>
        <source>■ Stop</source>
        <translation>■ Anhalten</translation>
    </message>
    <message>
        <source>Copy as command line</source>
        <translation>Als Befehlszeile kopieren</translation>
    </message>
</context>
<context>
    <name>gui::ReportView</name>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Press F5: what the command line prints of the comparison stands here.</source>
        <translation>F5: hier steht dann, was die Befehlszeile vom Vergleich ausgibt.</translation>
    </message>
</context>
<context>
    <name>gui::RunGauge</name>
    <message>
        <source>assertions undecided: %1</source>
        <translation>unentschiedene Bedingungen: %1</translation>
    </message>
    <message>
        <source>%1 ±%2 of %3, binding: %4</source>
        <translation>%1 ±%2 von %3, bestimmend: %4</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
        <source>Precision of the run</source>
        <translation>Genauigkeit des Laufs</translation>
    </message>
    <message>
        <source>%1 · replication %2 of %3</source>
        <translation>%1 · Wiederholung %2 von %3</translation>
    </message>
    <message>
        <source>about %1 s left</source>
        <translation>noch etwa %1 s</translation>
    </message>
</context>
<context>
    <name>gui::ScenarioPanel</name>
    <message>
        <source>Search (Ctrl+P)</source>
        <translation>Suchen (Strg+P)</translation>
    </message>
    <message>
        <source>Search the scenario</source>
        <translation>Das Szenario durchsuchen</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>Szenario</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <source>Duplicate…</source>
        <translation>Verdoppeln…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Verdoppeln</translation>
    </message>
    <message>
        <source>Select a site, service, strategy or the like to remove.</source>
        <translation>Wählen Sie zum Entfernen einen Standort, Dienst, eine Strategie oder dergleichen.</translation>
    </message>
    <message>
        <source>Select a site, service, strategy or the like to duplicate.</source>
        <translation>Wählen Sie einen Standort, Dienst, eine Strategie oder dergleichen zum Duplizieren.</translation>
    </message>
</context>
<context>
    <name>gui::ScenarioTreeModel</name>
    <message>
        <source>Scenario</source>
        <translation>Szenario</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
</context>
<context>
    <name>gui::SensitivityPage</name>
    <message>
        <source>What the answer hangs on</source>
        <translation>Woran die Antwort hängt</translation>
    </message>
    <message>
        <source>Each input lowered (open) and raised (filled), one at a time, on the same demand. ! turns the verdict.</source>
        <translation>Jede Eingabe gesenkt (offen) und erhöht (gefüllt), eine nach der anderen, mit derselben Nachfrage. ! kippt das Urteil.</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Vary each input by</source>
        <translation>Jede Eingabe ändern um</translation>
    </message>
    <message>
        <source>Requirement</source>
        <translation>Anforderung</translation>
    </message>
    <message>
        <source>▶ Vary the inputs</source>
        <translation>▶ Eingaben ändern</translation>
    </message>
    <message>
        <source>Which inputs does the answer hang on? Each is lowered and raised, and simulated both times: this takes a while.</source>
        <translation>An welchen Eingaben hängt die Antwort? Jede wird gesenkt und erhöht und beide Male simuliert: das dauert.</translation>
    </message>
    <message>
        <source>Ended before any input was varied.</source>
        <translation>Beendet, bevor eine Eingabe geändert war.</translation>
    </message>
    <message>
        <source>the margin of %1</source>
        <translation>der Abstand von %1</translation>
    </message>
    <message>
        <source>Most hangs on %1.</source>
        <translation>Das meiste hängt an %1.</translation>
    </message>
</context>
<context>
    <name>gui::ShortcutSheet</name>
    <message>
        <source>Shortcuts</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Befehle und ihre Tasten</translation>
    </message>
    <message>
        <source>On the map: drag or arrows to move, wheel or + and − to zoom, F to fit.</source>
        <translation>Auf der Karte: ziehen oder Pfeile zum Bewegen, Rad oder + und − zum Vergrößern, F für alles.</translation>
    </message>
    <message>
        <source>Keys of %1</source>
        <translation>Tasten von %1</translation>
    </message>
    <message>
        <source>⚠ %1 has these keys already: %2</source>
        <translation>⚠ %1 hat diese Tasten schon: %2</translation>
    </message>
</context>
<context>
    <name>gui::SourceView</name>
    <message>
        <source>Source of the scenario</source>
        <translation>Quelltext des Szenarios</translation>
    </message>
</context>
<context>
    <name>gui::StateBadge</name>
    <message>
        <source>⚠ STALE: 1 input changed</source>
        <translation>⚠ VERALTET: 1 Eingabe geändert</translation>
    </message>
    <message>
        <source>⚠ STALE: %1 inputs changed</source>
        <translation>⚠ VERALTET: %1 Eingaben geändert</translation>
    </message>
    <message>
        <source>✗ a problem to solve before it can run</source>
        <translation>✗ ein Problem ist zu lösen, bevor es laufen kann</translation>
    </message>
    <message>
        <source>✗ %1 problems to solve before it can run</source>
        <translation>✗ %1 Probleme sind zu lösen, bevor es laufen kann</translation>
    </message>
    <message>
        <source>not run yet: F5</source>
        <translation>noch nicht gerechnet: F5</translation>
    </message>
    <message>
        <source>▨ PREVIEW in %1 ms</source>
        <translation>▨ VORSCHAU in %1 ms</translation>
    </message>
    <message>
        <source>◐ PARTIAL RESULTS: ended early</source>
        <translation>◐ TEILERGEBNIS: vorzeitig beendet</translation>
    </message>
    <message>
        <source>● FULL RESULTS</source>
        <translation>● VOLLES ERGEBNIS</translation>
    </message>
    <message>
        <source>State of the results: %1</source>
        <translation>Stand der Ergebnisse: %1</translation>
    </message>
    <message>
        <source>… and %1 more</source>
        <translation>… und %1 weitere</translation>
    </message>
    <message>
        <source>≈ BY FORMULA: p99 of %1 is %2 ms under %3</source>
        <translation>≈ NACH FORMEL: p99 von %1 ist %2 ms unter %3</translation>
    </message>
</context>
<context>
    <name>gui::SweepPage</name>
    <message>
        <source>Surface</source>
        <translation>Fläche</translation>
    </message>
    <message>
        <source>Each cell is a point of the sweep, with its interval. ✗ misses the deadline, ? is undecided, hatched cannot be run.</source>
        <translation>Jede Zelle ist ein Punkt der Reihe, mit seinem Intervall. ✗ verfehlt die Frist, ? ist unentschieden, schraffiert ist nicht machbar.</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Reihe</translation>
    </message>
    <message>
        <source>Figure</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <source>▶ Run what is missing</source>
        <translation>▶ Fehlendes rechnen</translation>
    </message>
    <message>
        <source>Chosen point</source>
        <translation>Gewählter Punkt</translation>
    </message>
    <message>
        <source>Job files</source>
        <translation>Auftragsdateien</translation>
    </message>
    <message>
        <source>Write the files with which a cluster runs this sweep in shards</source>
        <translation>Die Dateien schreiben, mit denen ein Cluster diese Reihe in Teilen rechnet</translation>
    </message>
    <message>
        <source>Slurm…</source>
        <translation>Slurm…</translation>
    </message>
    <message>
        <source>Kubernetes…</source>
        <translation>Kubernetes…</translation>
    </message>
    <message>
        <source>Tasks that share the points</source>
        <translation>Aufträge, die sich die Punkte teilen</translation>
    </message>
    <message>
        <source>Folder of the job files</source>
        <translation>Ordner der Auftragsdateien</translation>
    </message>
    <message>
        <source>Written: submit.sh and what it hands over, in %1</source>
        <translation>Geschrieben: submit.sh und was es übergibt, in %1</translation>
    </message>
    <message>
        <source>Save the scenario first: the tasks read the file.</source>
        <translation>Erst das Szenario speichern: die Aufträge lesen die Datei.</translation>
    </message>
    <message>
        <source>There is no sweep that could be run.</source>
        <translation>Es gibt keine Reihe, die gerechnet werden könnte.</translation>
    </message>
    <message>
        <source>Run the sweep: every point is simulated on the same demand.</source>
        <translation>Rechnen Sie die Reihe: jeder Punkt wird mit derselben Nachfrage simuliert.</translation>
    </message>
    <message>
        <source>The scenario has no sweep yet. Add one to its section Sweeps: axes are pointers into the scenario with the values they take.</source>
        <translation>Das Szenario hat noch keine Reihe. Fügen Sie im Abschnitt Sweeps eine hinzu: Achsen sind Zeiger in das Szenario mit den Werten, die sie annehmen.</translation>
    </message>
    <message>
        <source>%1 points of: %2</source>
        <translation>%1 Punkte von: %2</translation>
    </message>
    <message>
        <source>%1 of %2 points</source>
        <translation>%1 von %2 Punkten</translation>
    </message>
    <message>
        <source>, %1 infeasible</source>
        <translation>, %1 nicht machbar</translation>
    </message>
</context>
<context>
    <name>gui::TimelinePanel</name>
    <message>
        <source>Previous slice (,)</source>
        <translation>Voriger Abschnitt (,)</translation>
    </message>
    <message>
        <source>▶ Play</source>
        <translation>▶ Abspielen</translation>
    </message>
    <message>
        <source>Play or pause (Space)</source>
        <translation>Abspielen oder anhalten (Leertaste)</translation>
    </message>
    <message>
        <source>Next slice (.)</source>
        <translation>Nächster Abschnitt (.)</translation>
    </message>
    <message>
        <source>Whole run</source>
        <translation>Ganzer Lauf</translation>
    </message>
    <message>
        <source>Show the whole run (Esc)</source>
        <translation>Den ganzen Lauf zeigen (Esc)</translation>
    </message>
    <message>
        <source>Slowest request</source>
        <translation>Langsamste Anfrage</translation>
    </message>
    <message>
        <source>Find the slowest request and show its waterfall (J)</source>
        <translation>Die langsamste Anfrage suchen und ihren Wasserfall zeigen (J)</translation>
    </message>
    <message>
        <source>Record over time</source>
        <translation>Verlauf aufzeichnen</translation>
    </message>
    <message>
        <source>Cut the run into slices (experiment.series) and run again</source>
        <translation>Den Lauf in Abschnitte teilen (experiment.series) und neu rechnen</translation>
    </message>
    <message>
        <source>Slice of the run</source>
        <translation>Abschnitt des Laufs</translation>
    </message>
    <message>
        <source>The farthest left is the whole run; then the slices follow</source>
        <translation>Ganz links ist der ganze Lauf; dann folgen die Abschnitte</translation>
    </message>
    <message>
        <source>What the map shows</source>
        <translation>Was die Karte zeigt</translation>
    </message>
    <message>
        <source>Requests and p99 over the run</source>
        <translation>Anfragen und p99 im Lauf</translation>
    </message>
    <message>
        <source>Looking for the slowest request…</source>
        <translation>Suche die langsamste Anfrage…</translation>
    </message>
    <message>
        <source>No request was answered.</source>
        <translation>Keine Anfrage wurde beantwortet.</translation>
    </message>
    <message>
        <source>The slowest request of %1 took %2 ms.</source>
        <translation>Die langsamste Anfrage von %1 dauerte %2 ms.</translation>
    </message>
    <message>
        <source>▮▮ Pause</source>
        <translation>▮▮ Anhalten</translation>
    </message>
    <message>
        <source>No results over time: experiment.series is 0 s, or there are too many classes of requests</source>
        <translation>Keine Ergebnisse im Lauf der Zeit: experiment.series ist 0 s, oder es gibt zu viele Klassen von Anfragen</translation>
    </message>
    <message>
        <source>Run it (F5) to see it over time</source>
        <translation>Rechnen (F5), um es im Lauf der Zeit zu sehen</translation>
    </message>
    <message>
        <source>Map and charts show the whole run: %1 slices of %2</source>
        <translation>Karte und Diagramme zeigen den ganzen Lauf: %1 Abschnitte zu %2</translation>
    </message>
    <message>
        <source>Map and charts show %1 — Esc for the whole run</source>
        <translation>Karte und Diagramme zeigen %1 — Esc für den ganzen Lauf</translation>
    </message>
</context>
<context>
    <name>gui::WelcomePage</name>
    <message>
        <source>Isochrone</source>
        <translation>Isochrone</translation>
    </message>
    <message>
        <source>Where should each service run, how much of it, and what will users feel and finance pay?</source>
        <translation>Wo soll welcher Dienst laufen, wie viel davon, und was spüren die Nutzer und zahlt die Kasse?</translation>
    </message>
    <message>
        <source>Open a scenario…</source>
        <translation>Ein Szenario öffnen…</translation>
    </message>
    <message>
        <source>or drop its file here</source>
        <translation>oder seine Datei hier ablegen</translation>
    </message>
    <message>
        <source>Start from a question</source>
        <translation>Beginnen Sie mit einer Frage</translation>
    </message>
    <message>
        <source>Choose one, press F5 and read the answer: half a minute.</source>
        <translation>Eines wählen, F5 drücken, die Antwort lesen: eine halbe Minute.</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt</translation>
    </message>
</context>
</TS>
