<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Chart</name>
    <message>
        <location filename="../src/charts/cost_chart.cpp" line="33" />
        <source>Cost a month</source>
        <translation>Kosten im Monat</translation>
    </message>
    <message>
        <location filename="../src/charts/cost_chart.cpp" line="36" />
        <source>By what is paid for. Hatched: paid for nothing, idle capacity.</source>
        <translation>Wofür bezahlt wird. Schraffiert: umsonst bezahlt, ungenutzt.</translation>
    </message>
    <message>
        <location filename="../src/charts/cost_chart.cpp" line="43" />
        <location filename="../src/charts/ladder_chart.cpp" line="25" />
        <location filename="../src/charts/pareto_chart.cpp" line="62" />
        <location filename="../src/charts/parts_chart.cpp" line="32" />
        <location filename="../src/charts/sweep_surface.cpp" line="102" />
        <source>strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <location filename="../src/charts/cost_chart.cpp" line="45" />
        <source>total [USD/month]</source>
        <translation>gesamt [USD/Monat]</translation>
    </message>
    <message>
        <location filename="../src/charts/cost_chart.cpp" line="76" />
        <location filename="../src/charts/pareto_chart.cpp" line="99" />
        <location filename="../src/charts/plan_front.cpp" line="100" />
        <source>USD a month</source>
        <translation>USD im Monat</translation>
    </message>
    <message>
        <location filename="../src/charts/ladder_chart.cpp" line="14" />
        <source>Percentile ladder</source>
        <translation>Leiter der Perzentile</translation>
    </message>
    <message>
        <location filename="../src/charts/ladder_chart.cpp" line="17" />
        <source>Band: spread from p50 to p99.9, what users feel. Whiskers: error of each percentile, how sure the simulation is.</source>
        <translation>Band: Spanne von p50 bis p99.9, was Nutzer spüren. Striche: Fehler jedes Perzentils, wie sicher die Simulation ist.</translation>
    </message>
    <message>
        <location filename="../src/charts/ladder_chart.cpp" line="60" />
        <location filename="../src/charts/loss_chart.cpp" line="77" />
        <location filename="../src/charts/pareto_chart.cpp" line="103" />
        <location filename="../src/charts/tail_chart.cpp" line="89" />
        <source>deadline</source>
        <translation>Frist</translation>
    </message>
    <message>
        <location filename="../src/charts/loss_chart.cpp" line="75" />
        <source>change of p99 [ms]</source>
        <translation>Änderung von p99 [ms]</translation>
    </message>
    <message>
        <location filename="../src/charts/loss_chart.cpp" line="113" />
        <source>no requests of this flow</source>
        <translation>keine Anfragen dieses Ablaufs</translation>
    </message>
    <message>
        <location filename="../src/charts/loss_chart.cpp" line="114" />
        <source>✗ cannot serve everybody</source>
        <translation>✗ kann nicht alle bedienen</translation>
    </message>
    <message>
        <location filename="../src/charts/loss_chart.cpp" line="149" />
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <location filename="../src/charts/loss_chart.cpp" line="149" />
        <source>survives</source>
        <translation>übersteht es</translation>
    </message>
    <message>
        <location filename="../src/charts/loss_chart.cpp" line="149" />
        <source>users in it</source>
        <translation>Nutzer darin</translation>
    </message>
    <message>
        <location filename="../src/charts/loss_chart.cpp" line="150" />
        <source>requests/s in it</source>
        <translation>Anfragen/s darin</translation>
    </message>
    <message>
        <location filename="../src/charts/loss_chart.cpp" line="151" />
        <source>share of its calls</source>
        <translation>Anteil seiner Aufrufe</translation>
    </message>
    <message>
        <location filename="../src/charts/loss_chart.cpp" line="150" />
        <source>fail until the failover</source>
        <translation>scheitern bis zur Umschaltung</translation>
    </message>
    <message>
        <location filename="../src/charts/loss_chart.cpp" line="151" />
        <source>saved by a later attempt</source>
        <translation>durch spätere Versuche gerettet</translation>
    </message>
    <message>
        <location filename="../src/charts/loss_chart.cpp" line="152" />
        <source>busiest pool after it</source>
        <translation>danach vollster Pool</translation>
    </message>
    <message>
        <location filename="../src/charts/loss_chart.cpp" line="159" />
        <source>p99 of %1 [ms]</source>
        <translation>p99 von %1 [ms]</translation>
    </message>
    <message>
        <location filename="../src/charts/loss_chart.cpp" line="127" />
        <source>✓ yes</source>
        <translation>✓ ja</translation>
    </message>
    <message>
        <location filename="../src/charts/loss_chart.cpp" line="127" />
        <source>✗ no: %1</source>
        <translation>✗ nein: %1</translation>
    </message>
    <message>
        <location filename="../src/charts/pareto_chart.cpp" line="52" />
        <source>Cost against p99</source>
        <translation>Kosten gegen p99</translation>
    </message>
    <message>
        <location filename="../src/charts/pareto_chart.cpp" line="55" />
        <source>Lower left is better. Ellipses span the intervals; hollow: another strategy is both cheaper and faster.</source>
        <translation>Links unten ist besser. Ellipsen umfassen die Intervalle; hohl: eine andere Strategie ist billiger und schneller.</translation>
    </message>
    <message>
        <location filename="../src/charts/pareto_chart.cpp" line="63" />
        <location filename="../src/charts/pareto_chart.cpp" line="98" />
        <source>p99 [ms]</source>
        <translation>p99 [ms]</translation>
    </message>
    <message>
        <location filename="../src/charts/pareto_chart.cpp" line="64" />
        <location filename="../src/charts/plan_front.cpp" line="80" />
        <source>cost [USD/month]</source>
        <translation>Kosten [USD/Monat]</translation>
    </message>
    <message>
        <location filename="../src/charts/pareto_chart.cpp" line="65" />
        <source>dominated</source>
        <translation>übertroffen</translation>
    </message>
    <message>
        <location filename="../src/charts/pareto_chart.cpp" line="71" />
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <location filename="../src/charts/pareto_chart.cpp" line="72" />
        <location filename="../src/charts/tornado_chart.cpp" line="68" />
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <location filename="../src/charts/parts_chart.cpp" line="23" />
        <source>Where the time goes</source>
        <translation>Wo die Zeit bleibt</translation>
    </message>
    <message>
        <location filename="../src/charts/parts_chart.cpp" line="26" />
        <source>Mean of each part of the latency. Thick: requests at or above p99. Thin: all requests.</source>
        <translation>Mittel jedes Teils der Latenz. Dick: Anfragen ab p99. Dünn: alle Anfragen.</translation>
    </message>
    <message>
        <location filename="../src/charts/parts_chart.cpp" line="33" />
        <location filename="../src/charts/series_axis.cpp" line="26" />
        <source>requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <location filename="../src/charts/parts_chart.cpp" line="42" />
        <source>at or above p99</source>
        <translation>ab p99</translation>
    </message>
    <message>
        <location filename="../src/charts/parts_chart.cpp" line="43" />
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <location filename="../src/charts/parts_chart.cpp" line="63" />
        <source>mean [ms]</source>
        <translation>Mittel [ms]</translation>
    </message>
    <message>
        <location filename="../src/charts/plan_front.cpp" line="27" />
        <source>%1 sites</source>
        <translation>%1 Standorte</translation>
    </message>
    <message>
        <location filename="../src/charts/plan_front.cpp" line="80" />
        <source>plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <location filename="../src/charts/plan_front.cpp" line="80" />
        <location filename="../src/charts/tail_chart.cpp" line="85" />
        <source>latency [ms]</source>
        <translation>Latenz [ms]</translation>
    </message>
    <message>
        <location filename="../src/charts/plan_front.cpp" line="81" />
        <source>sites</source>
        <translation>Standorte</translation>
    </message>
    <message>
        <location filename="../src/charts/plan_front.cpp" line="81" />
        <source>requirements</source>
        <translation>Anforderungen</translation>
    </message>
    <message>
        <location filename="../src/charts/plan_front.cpp" line="81" />
        <source>placement</source>
        <translation>Platzierung</translation>
    </message>
    <message>
        <location filename="../src/charts/plan_front.cpp" line="85" />
        <source>✗ misses one</source>
        <translation>✗ verfehlt eine</translation>
    </message>
    <message>
        <location filename="../src/charts/plan_front.cpp" line="85" />
        <source>✓ kept, by formula</source>
        <translation>✓ gehalten, nach Formel</translation>
    </message>
    <message>
        <location filename="../src/charts/plan_front.cpp" line="87" />
        <source>kept with probability %1</source>
        <translation>gehalten mit Wahrscheinlichkeit %1</translation>
    </message>
    <message>
        <location filename="../src/charts/plan_front.cpp" line="99" />
        <source>latency by formula [ms]</source>
        <translation>Latenz nach Formel [ms]</translation>
    </message>
    <message>
        <location filename="../src/charts/plan_front.cpp" line="101" />
        <source>front</source>
        <translation>Front</translation>
    </message>
    <message>
        <location filename="../src/charts/plan_front.cpp" line="105" />
        <source>obvious placements</source>
        <translation>naheliegende Platzierungen</translation>
    </message>
    <message>
        <location filename="../src/charts/plan_front.cpp" line="108" />
        <source>plans</source>
        <translation>Pläne</translation>
    </message>
    <message>
        <location filename="../src/charts/sweep_surface.cpp" line="46" />
        <source>infeasible</source>
        <translation>nicht machbar</translation>
    </message>
    <message>
        <location filename="../src/charts/sweep_surface.cpp" line="105" />
        <source>status</source>
        <translation>Stand</translation>
    </message>
    <message>
        <location filename="../src/charts/tail_chart.cpp" line="41" />
        <source>How often is it slower?</source>
        <translation>Wie oft dauert es länger?</translation>
    </message>
    <message>
        <location filename="../src/charts/tail_chart.cpp" line="44" />
        <source>Share of the requests that take longer than a latency; further left and lower is better.</source>
        <translation>Anteil der Anfragen, die länger dauern als eine Latenz; weiter links und tiefer ist besser.</translation>
    </message>
    <message>
        <location filename="../src/charts/tail_chart.cpp" line="50" />
        <source>slower share</source>
        <translation>langsamerer Anteil</translation>
    </message>
    <message>
        <location filename="../src/charts/tail_chart.cpp" line="86" />
        <source>share of requests slower</source>
        <translation>Anteil langsamerer Anfragen</translation>
    </message>
    <message>
        <location filename="../src/charts/tornado_chart.cpp" line="26" />
        <source> (assumed)</source>
        <translation> (angenommen)</translation>
    </message>
    <message>
        <location filename="../src/charts/tornado_chart.cpp" line="33" />
        <source>cannot run: %1</source>
        <translation>kann nicht laufen: %1</translation>
    </message>
    <message>
        <location filename="../src/charts/tornado_chart.cpp" line="61" />
        <source>input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <location filename="../src/charts/tornado_chart.cpp" line="61" />
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <location filename="../src/charts/tornado_chart.cpp" line="61" />
        <source>basis</source>
        <translation>Grundlage</translation>
    </message>
    <message>
        <location filename="../src/charts/tornado_chart.cpp" line="61" />
        <source>lowered</source>
        <translation>gesenkt</translation>
    </message>
    <message>
        <location filename="../src/charts/tornado_chart.cpp" line="62" />
        <source>raised</source>
        <translation>erhöht</translation>
    </message>
    <message>
        <location filename="../src/charts/tornado_chart.cpp" line="62" />
        <source>turns the verdict</source>
        <translation>kippt das Urteil</translation>
    </message>
    <message>
        <location filename="../src/charts/tornado_chart.cpp" line="65" />
        <source>assumed</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <location filename="../src/charts/tornado_chart.cpp" line="65" />
        <source>stated</source>
        <translation>belegt</translation>
    </message>
    <message>
        <location filename="../src/charts/tornado_chart.cpp" line="68" />
        <source>! yes</source>
        <translation>! ja</translation>
    </message>
    <message>
        <location filename="../src/charts/tornado_chart.cpp" line="86" />
        <source>change of %1 [%2]</source>
        <translation>Änderung von %1 [%2]</translation>
    </message>
    <message>
        <location filename="../src/charts/heat_chart.cpp" line="35" />
        <source>Where and when</source>
        <translation>Wo und wann</translation>
    </message>
    <message>
        <location filename="../src/charts/heat_chart.cpp" line="38" />
        <source>Sites (pools for utilisation) by slices of the run, of the selected strategy. Dark is low, bright is high, blank is without requests.</source>
        <translation>Standorte (bei Auslastung Pools) nach Abschnitten des Laufs, unter der gewählten Strategie. Dunkel ist niedrig, hell ist hoch, leer ist ohne Anfragen.</translation>
    </message>
    <message>
        <location filename="../src/charts/heat_chart.cpp" line="142" />
        <source>%1, %2: %3 (dark) to %4 (bright) %5</source>
        <translation>%1, %2: %3 (dunkel) bis %4 (hell) %5</translation>
    </message>
    <message>
        <location filename="../src/charts/series_axis.cpp" line="24" />
        <source>answered</source>
        <translation>beantwortet</translation>
    </message>
    <message>
        <location filename="../src/charts/series_axis.cpp" line="25" />
        <source>cold starts</source>
        <translation>Kaltstarts</translation>
    </message>
    <message>
        <location filename="../src/charts/series_axis.cpp" line="27" />
        <source>utilisation</source>
        <translation>Auslastung</translation>
    </message>
    <message>
        <location filename="../src/charts/series_axis.cpp" line="28" />
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <location filename="../src/charts/series_axis.cpp" line="29" />
        <source>power</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <location filename="../src/charts/series_axis.cpp" line="30" />
        <source>carbon</source>
        <translation>CO2</translation>
    </message>
    <message>
        <location filename="../src/charts/time_chart.cpp" line="39" />
        <source>Over time</source>
        <translation>Im Lauf der Zeit</translation>
    </message>
    <message>
        <location filename="../src/charts/time_chart.cpp" line="41" />
        <source>By the slice of the run in which requests began (UTC). Band: interval of each value. Dashed: the slice that the timeline shows.</source>
        <translation>Nach dem Abschnitt des Laufs, in dem die Anfragen begannen (UTC). Band: Intervall jedes Werts. Gestrichelt: der Abschnitt, den die Zeitleiste zeigt.</translation>
    </message>
    <message>
        <location filename="../src/charts/time_chart.cpp" line="54" />
        <source>begins</source>
        <translation>beginnt</translation>
    </message>
    <message>
        <location filename="../src/charts/waterfall_chart.cpp" line="19" />
        <source>One request: %1 #%2</source>
        <translation>Eine Anfrage: %1 #%2</translation>
    </message>
    <message>
        <location filename="../src/charts/waterfall_chart.cpp" line="24" />
        <source>What happened to it, from the user's question to the answer: %1 ms in all. Branches run side by side.</source>
        <translation>Was mit ihr geschah, von der Frage des Nutzers bis zur Antwort: %1 ms insgesamt. Zweige laufen nebeneinander.</translation>
    </message>
    <message>
        <location filename="../src/charts/waterfall_chart.cpp" line="32" />
        <source>span</source>
        <translation>Abschnitt</translation>
    </message>
    <message>
        <location filename="../src/charts/waterfall_chart.cpp" line="33" />
        <source>begins [ms]</source>
        <translation>beginnt [ms]</translation>
    </message>
    <message>
        <location filename="../src/charts/waterfall_chart.cpp" line="34" />
        <source>takes [ms]</source>
        <translation>dauert [ms]</translation>
    </message>
    <message>
        <location filename="../src/charts/waterfall_chart.cpp" line="63" />
        <source>since the request began [ms]</source>
        <translation>seit Beginn der Anfrage [ms]</translation>
    </message>
</context>
<context>
    <name>Edit</name>
    <message>
        <location filename="../src/document/entry_edits.cpp" line="138" />
        <source>An id has small letters, digits and hyphens within, at most 63.</source>
        <translation>Ein Name hat kleine Buchstaben, Ziffern und innen Bindestriche, höchstens 63 Zeichen.</translation>
    </message>
    <message>
        <location filename="../src/document/entry_edits.cpp" line="141" />
        <source>There is a %1 already.</source>
        <translation>%1 gibt es schon.</translation>
    </message>
    <message>
        <location filename="../src/document/entry_edits.cpp" line="167" />
        <source>Add %1</source>
        <translation>%1 hinzufügen</translation>
    </message>
    <message>
        <location filename="../src/document/entry_edits.cpp" line="178" />
        <source>Duplicate as %1</source>
        <translation>Als %1 verdoppeln</translation>
    </message>
    <message>
        <location filename="../src/document/entry_edits.cpp" line="186" />
        <source>Remove %1</source>
        <translation>%1 entfernen</translation>
    </message>
</context>
<context>
    <name>Map</name>
    <message>
        <location filename="../src/map/map_panel.cpp" line="28" />
        <source>region</source>
        <translation>Region</translation>
    </message>
    <message>
        <location filename="../src/map/map_panel.cpp" line="29" />
        <source>metro</source>
        <translation>Metropole</translation>
    </message>
    <message>
        <location filename="../src/map/map_panel.cpp" line="30" />
        <source>point of presence</source>
        <translation>Netzknoten</translation>
    </message>
    <message>
        <location filename="../src/map/map_panel.cpp" line="31" />
        <source>edge</source>
        <translation>Edge</translation>
    </message>
    <message>
        <location filename="../src/map/map_panel.cpp" line="32" />
        <source>other site</source>
        <translation>anderer Standort</translation>
    </message>
    <message>
        <location filename="../src/map/map_panel.cpp" line="136" />
        <source>%1 users</source>
        <translation>%1 Nutzer</translation>
    </message>
    <message>
        <location filename="../src/map/map_panel.cpp" line="166" />
        <source>⚠ beyond %1 %2: %3</source>
        <translation>⚠ jenseits von %1 %2: %3</translation>
    </message>
    <message>
        <location filename="../src/map/map_panel.cpp" line="199" />
        <source>links: as wide as their capacity</source>
        <translation>Leitungen: so breit wie ihre Kapazität</translation>
    </message>
    <message>
        <location filename="../src/map/map_panel.cpp" line="201" />
        <source>links: as wide as their capacity, load</source>
        <translation>Leitungen: so breit wie ihre Kapazität, Auslastung</translation>
    </message>
    <message>
        <location filename="../src/map/map_panel.cpp" line="244" />
        <source>Map: Natural Earth</source>
        <translation>Karte: Natural Earth</translation>
    </message>
    <message>
        <location filename="../src/map/map_scene.cpp" line="132" />
        <source>no service placed here</source>
        <translation>hier steht kein Dienst</translation>
    </message>
    <message>
        <location filename="../src/map/map_scene.cpp" line="149" />
        <source>users</source>
        <translation>Nutzer</translation>
    </message>
    <message>
        <location filename="../src/map/map_scene.cpp" line="165" />
        <source>no bandwidth is said</source>
        <translation>keine Bandbreite angegeben</translation>
    </message>
    <message>
        <location filename="../src/map/map_values.cpp" line="118" />
        <source>network round trip without load</source>
        <translation>Umlaufzeit im Netz ohne Last</translation>
    </message>
    <message>
        <location filename="../src/map/map_values.cpp" line="119" />
        <location filename="../src/map/map_values.cpp" line="126" />
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <location filename="../src/map/map_values.cpp" line="126" />
        <source>p95 of latency</source>
        <translation>p95 der Latenz</translation>
    </message>
    <message>
        <location filename="../src/map/map_values.cpp" line="96" />
        <location filename="../src/map/map_values.cpp" line="131" />
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <location filename="../src/map/map_values.cpp" line="104" />
        <source>nearly full</source>
        <translation>fast voll</translation>
    </message>
    <message>
        <location filename="../src/map/map_values.cpp" line="107" />
        <source>deadline</source>
        <translation>Frist</translation>
    </message>
    <message>
        <location filename="../src/map/map_values.cpp" line="137" />
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <location filename="../src/map/map_values.cpp" line="137" />
        <source>USD/month</source>
        <translation>USD/Monat</translation>
    </message>
    <message>
        <location filename="../src/map/map_values.cpp" line="145" />
        <source>carbon</source>
        <translation>CO2</translation>
    </message>
    <message>
        <location filename="../src/map/map_values.cpp" line="145" />
        <source>kgCO2e/month</source>
        <translation>kgCO2e/Monat</translation>
    </message>
    <message>
        <location filename="../src/map/map_values.cpp" line="130" />
        <source>utilisation of the busiest pool</source>
        <translation>Auslastung des vollsten Pools</translation>
    </message>
</context>
<context>
    <name>Verdict</name>
    <message>
        <location filename="../src/verdict_marks.cpp" line="40" />
        <source>fail</source>
        <translation>verfehlt</translation>
    </message>
    <message>
        <location filename="../src/verdict_marks.cpp" line="42" />
        <source>inconclusive</source>
        <translation>unentschieden</translation>
    </message>
    <message>
        <location filename="../src/verdict_marks.cpp" line="44" />
        <source>warn</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <location filename="../src/verdict_marks.cpp" line="48" />
        <source>pass</source>
        <translation>erfüllt</translation>
    </message>
</context>
<context>
    <name>gui::CommandPalette</name>
    <message>
        <location filename="../src/views/command_palette.cpp" line="17" />
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <location filename="../src/views/command_palette.cpp" line="20" />
        <source>What do you want to do?</source>
        <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
        <location filename="../src/views/command_palette.cpp" line="21" />
        <source>Part of a command's name</source>
        <translation>Teil des Namens eines Befehls</translation>
    </message>
    <message>
        <location filename="../src/views/command_palette.cpp" line="23" />
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
</context>
<context>
    <name>gui::CompareView</name>
    <message>
        <location filename="../src/views/compare_view.cpp" line="95" />
        <source>Reference</source>
        <translation>Vergleich mit</translation>
    </message>
    <message>
        <location filename="../src/views/compare_view.cpp" line="96" />
        <source>Flow</source>
        <translation>Ablauf</translation>
    </message>
    <message>
        <location filename="../src/views/compare_view.cpp" line="99" />
        <source>Over time</source>
        <translation>Im Lauf der Zeit</translation>
    </message>
    <message>
        <location filename="../src/views/compare_view.cpp" line="116" />
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <location filename="../src/views/compare_view.cpp" line="137" />
        <source>Differences to the reference</source>
        <translation>Unterschiede zum Vergleich</translation>
    </message>
    <message>
        <location filename="../src/views/compare_view.cpp" line="152" />
        <source>&lt;b&gt;Differences to the reference&lt;/b&gt;, paired over the same demand</source>
        <translation>&lt;b&gt;Unterschiede zum Vergleich&lt;/b&gt;, gepaart über derselben Nachfrage</translation>
    </message>
    <message>
        <location filename="../src/views/compare_view.cpp" line="154" />
        <source>Copy the figures</source>
        <translation>Die Zahlen kopieren</translation>
    </message>
    <message>
        <location filename="../src/views/compare_view.cpp" line="155" />
        <source>Copy the differences as text</source>
        <translation>Die Unterschiede als Text kopieren</translation>
    </message>
    <message>
        <location filename="../src/views/compare_view.cpp" line="194" />
        <source>&lt;div style='font-size:15pt; font-weight:600'&gt;Press F5 to compare the strategies.&lt;/div&gt;&lt;div&gt;Each is simulated on the same demand; the answer stands here.&lt;/div&gt;</source>
        <translation>&lt;div style='font-size:15pt; font-weight:600'&gt;F5 vergleicht die Strategien.&lt;/div&gt;&lt;div&gt;Jede wird mit derselben Nachfrage simuliert; die Antwort steht dann hier.&lt;/div&gt;</translation>
    </message>
    <message>
        <location filename="../src/views/compare_view.cpp" line="201" />
        <source>&lt;div&gt;&lt;b&gt;▨ Preview&lt;/b&gt;: a short simulation; press F5 for results to rely on.&lt;/div&gt;</source>
        <translation>&lt;div&gt;&lt;b&gt;▨ Vorschau&lt;/b&gt;: eine kurze Simulation; F5 gibt verlässliche Ergebnisse.&lt;/div&gt;</translation>
    </message>
    <message>
        <location filename="../src/views/compare_view.cpp" line="203" />
        <source>&lt;div&gt;&lt;b&gt;⚠ Stale&lt;/b&gt;: the scenario was changed since; press F5 to run it again.&lt;/div&gt;</source>
        <translation>&lt;div&gt;&lt;b&gt;⚠ Veraltet&lt;/b&gt;: das Szenario wurde seither geändert; F5 rechnet neu.&lt;/div&gt;</translation>
    </message>
</context>
<context>
    <name>gui::ComparisonModel</name>
    <message>
        <location filename="../src/views/comparison_model.cpp" line="73" />
        <source>%1 of latency [ms]</source>
        <translation>%1 der Latenz [ms]</translation>
    </message>
    <message>
        <location filename="../src/views/comparison_model.cpp" line="74" />
        <source>mean latency [ms]</source>
        <translation>mittlere Latenz [ms]</translation>
    </message>
    <message>
        <location filename="../src/views/comparison_model.cpp" line="76" />
        <source>beyond the deadline, %1</source>
        <translation>nach der Frist, %1</translation>
    </message>
    <message>
        <location filename="../src/views/comparison_model.cpp" line="77" />
        <source>answered</source>
        <translation>beantwortet</translation>
    </message>
    <message>
        <location filename="../src/views/comparison_model.cpp" line="78" />
        <source>cost [USD/month]</source>
        <translation>Kosten [USD/Monat]</translation>
    </message>
    <message>
        <location filename="../src/views/comparison_model.cpp" line="79" />
        <source>energy [kWh/month]</source>
        <translation>Energie [kWh/Monat]</translation>
    </message>
    <message>
        <location filename="../src/views/comparison_model.cpp" line="80" />
        <source>carbon [kgCO2e/month]</source>
        <translation>CO2 [kgCO2e/Monat]</translation>
    </message>
    <message>
        <location filename="../src/views/comparison_model.cpp" line="104" />
        <source>%1
Bounds at %2 confidence each.</source>
        <translation>%1
Schranken mit je %2 Vertrauen.</translation>
    </message>
    <message>
        <location filename="../src/views/comparison_model.cpp" line="125" />
        <source>infeasible</source>
        <translation>nicht machbar</translation>
    </message>
    <message>
        <location filename="../src/views/comparison_model.cpp" line="160" />
        <source>Difference %1 to %2 at %3 confidence, paired over the same demand.</source>
        <translation>Unterschied %1 bis %2 mit %3 Vertrauen, gepaart über derselben Nachfrage.</translation>
    </message>
    <message>
        <location filename="../src/views/comparison_model.cpp" line="170" />
        <source> better</source>
        <translation> besser</translation>
    </message>
    <message>
        <location filename="../src/views/comparison_model.cpp" line="171" />
        <source> worse</source>
        <translation> schlechter</translation>
    </message>
</context>
<context>
    <name>gui::DifferenceDialog</name>
    <message>
        <location filename="../src/views/difference_dialog.cpp" line="47" />
        <source>What differs</source>
        <translation>Was sich unterscheidet</translation>
    </message>
</context>
<context>
    <name>gui::EntryDialog</name>
    <message>
        <location filename="../src/views/entry_dialog.cpp" line="32" />
        <source>the base, for every strategy</source>
        <translation>die Basis, für alle Strategien</translation>
    </message>
    <message>
        <location filename="../src/views/entry_dialog.cpp" line="33" />
        <source>strategy %1 alone</source>
        <translation>nur die Strategie %1</translation>
    </message>
    <message>
        <location filename="../src/views/entry_dialog.cpp" line="39" />
        <source>Add to</source>
        <translation>Hinzufügen zu</translation>
    </message>
    <message>
        <location filename="../src/views/entry_dialog.cpp" line="40" />
        <source>Id</source>
        <translation>Name</translation>
    </message>
    <message>
        <location filename="../src/views/entry_dialog.cpp" line="41" />
        <source>In</source>
        <translation>In</translation>
    </message>
</context>
<context>
    <name>gui::FailurePage</name>
    <message>
        <location filename="../src/views/failure_page.cpp" line="35" />
        <source>Enter this state</source>
        <translation>In diesen Zustand gehen</translation>
    </message>
    <message>
        <location filename="../src/views/failure_page.cpp" line="36" />
        <source>Leave it</source>
        <translation>Ihn verlassen</translation>
    </message>
    <message>
        <location filename="../src/views/failure_page.cpp" line="37" />
        <source>What each loss does</source>
        <translation>Was jeder Verlust bewirkt</translation>
    </message>
    <message>
        <location filename="../src/views/failure_page.cpp" line="37" />
        <source>Steady state after the failover, against nothing lost, on the same demand. Click a loss to choose it.</source>
        <translation>Nach der Umschaltung, gegen ohne Verlust, mit derselben Nachfrage. Ein Klick wählt einen Verlust.</translation>
    </message>
    <message>
        <location filename="../src/views/failure_page.cpp" line="40" />
        <source>site</source>
        <translation>Standort</translation>
    </message>
    <message>
        <location filename="../src/views/failure_page.cpp" line="40" />
        <source>link</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <location filename="../src/views/failure_page.cpp" line="40" />
        <source>pool</source>
        <translation>Pool</translation>
    </message>
    <message>
        <location filename="../src/views/failure_page.cpp" line="42" />
        <source>Lose each</source>
        <translation>Verloren wird je</translation>
    </message>
    <message>
        <location filename="../src/views/failure_page.cpp" line="43" />
        <source>At once</source>
        <translation>Zugleich</translation>
    </message>
    <message>
        <location filename="../src/views/failure_page.cpp" line="44" />
        <source>▶ Find the losses</source>
        <translation>▶ Verluste suchen</translation>
    </message>
    <message>
        <location filename="../src/views/failure_page.cpp" line="45" />
        <source>Add a strategy that has lost this part, and show it</source>
        <translation>Eine Strategie hinzufügen, der dieser Teil fehlt, und sie zeigen</translation>
    </message>
    <message>
        <location filename="../src/views/failure_page.cpp" line="46" />
        <source>Remove that strategy again and show the one before</source>
        <translation>Diese Strategie wieder entfernen und die vorige zeigen</translation>
    </message>
    <message>
        <location filename="../src/views/failure_page.cpp" line="64" />
        <source>Which single or double loss hurts most? Every part that the strategy uses is taken away in turn.</source>
        <translation>Welcher einfache oder doppelte Verlust trifft am meisten? Jeder genutzte Teil wird der Reihe nach weggenommen.</translation>
    </message>
    <message>
        <location filename="../src/views/failure_page.cpp" line="119" />
        <source>Nothing that could be lost is in use.</source>
        <translation>Nichts, was verloren gehen könnte, wird genutzt.</translation>
    </message>
    <message>
        <location filename="../src/views/failure_page.cpp" line="124" />
        <source>Worst: without %1 not everybody can be served.</source>
        <translation>Am schlimmsten: ohne %1 können nicht alle bedient werden.</translation>
    </message>
    <message>
        <location filename="../src/views/failure_page.cpp" line="128" />
        <source>Worst: without %1 p99 of %2 is %3 ms.</source>
        <translation>Am schlimmsten: ohne %1 ist p99 von %2 %3 ms.</translation>
    </message>
    <message>
        <location filename="../src/views/failure_page.cpp" line="170" />
        <source>Without %1 it cannot run: %2</source>
        <translation>Ohne %1 geht es nicht: %2</translation>
    </message>
    <message>
        <location filename="../src/views/failure_page.cpp" line="176" />
        <source>%1 without %2</source>
        <translation>%1 ohne %2</translation>
    </message>
    <message>
        <location filename="../src/views/failure_page.cpp" line="181" />
        <source>Lose %1</source>
        <translation>%1 verlieren</translation>
    </message>
    <message>
        <location filename="../src/views/failure_page.cpp" line="197" />
        <source>Leave the loss</source>
        <translation>Den Verlust verlassen</translation>
    </message>
</context>
<context>
    <name>gui::FieldSlider</name>
    <message>
        <location filename="../src/views/field_slider.cpp" line="66" />
        <source>Try values of %1</source>
        <translation>Werte für %1 ausprobieren</translation>
    </message>
</context>
<context>
    <name>gui::InspectorModel</name>
    <message>
        <location filename="../src/document/inspector_model.cpp" line="209" />
        <source>removed by strategy %1</source>
        <translation>von Strategie %1 entfernt</translation>
    </message>
    <message>
        <location filename="../src/document/inspector_model.cpp" line="212" />
        <source>default %1</source>
        <translation>Vorgabe %1</translation>
    </message>
    <message>
        <location filename="../src/document/inspector_model.cpp" line="215" />
        <source>written here</source>
        <translation>steht hier</translation>
    </message>
    <message>
        <location filename="../src/document/inspector_model.cpp" line="219" />
        <source>base</source>
        <translation>Basis</translation>
    </message>
    <message>
        <location filename="../src/document/inspector_model.cpp" line="273" />
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <location filename="../src/document/inspector_model.cpp" line="273" />
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <location filename="../src/document/inspector_model.cpp" line="273" />
        <source>Set by</source>
        <translation>Gesetzt von</translation>
    </message>
    <message>
        <location filename="../src/document/inspector_model.cpp" line="303" />
        <source>Change %1</source>
        <translation>%1 ändern</translation>
    </message>
    <message>
        <location filename="../src/document/inspector_model.cpp" line="203" />
        <source>Reset %1</source>
        <translation>%1 zurücksetzen</translation>
    </message>
</context>
<context>
    <name>gui::InspectorPanel</name>
    <message>
        <location filename="../src/views/inspector_panel.cpp" line="25" />
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <location filename="../src/views/inspector_panel.cpp" line="26" />
        <location filename="../src/views/inspector_panel.cpp" line="143" />
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <location filename="../src/views/inspector_panel.cpp" line="31" />
        <source>Where edits go</source>
        <translation>Wohin Änderungen gehen</translation>
    </message>
    <message>
        <location filename="../src/views/inspector_panel.cpp" line="33" />
        <source>Edits change the base, for every strategy</source>
        <translation>Änderungen gelten für die Basis, für jede Strategie</translation>
    </message>
    <message>
        <location filename="../src/views/inspector_panel.cpp" line="33" />
        <source>Edits change the shown strategy alone</source>
        <translation>Änderungen gelten nur für die gezeigte Strategie</translation>
    </message>
    <message>
        <location filename="../src/views/inspector_panel.cpp" line="35" />
        <source>Show fields that are not set</source>
        <translation>Auch Felder zeigen, die nicht gesetzt sind</translation>
    </message>
    <message>
        <location filename="../src/views/inspector_panel.cpp" line="62" />
        <source>Fields</source>
        <translation>Felder</translation>
    </message>
    <message>
        <location filename="../src/views/inspector_panel.cpp" line="80" />
        <source>Go back to what the strategy inherits, or to the default</source>
        <translation>Zurück zu dem, was die Strategie erbt, oder zur Vorgabe</translation>
    </message>
    <message>
        <location filename="../src/views/inspector_panel.cpp" line="81" />
        <source>Take this pool, placement or the like away</source>
        <translation>Diesen Pool, diese Platzierung oder Ähnliches wegnehmen</translation>
    </message>
    <message>
        <location filename="../src/views/inspector_panel.cpp" line="126" />
        <source>Select something on the map or in the scenario.</source>
        <translation>Wählen Sie etwas auf der Karte oder im Szenario.</translation>
    </message>
    <message>
        <location filename="../src/views/inspector_panel.cpp" line="133" />
        <source>%1 · as in strategy %2</source>
        <translation>%1 · wie in Strategie %2</translation>
    </message>
    <message>
        <location filename="../src/views/inspector_panel.cpp" line="141" />
        <source>Reset to what is inherited</source>
        <translation>Auf das Geerbte zurücksetzen</translation>
    </message>
</context>
<context>
    <name>gui::MainWindow</name>
    <message>
        <location filename="../src/main_window.cpp" line="74" />
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="75" />
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="76" />
        <source>Failures</source>
        <translation>Ausfälle</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="77" />
        <source>Sweep</source>
        <translation>Reihe</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="79" />
        <source>Optimise</source>
        <translation>Optimieren</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="80" />
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="81" />
        <source>Source</source>
        <translation>Quelltext</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="115" />
        <location filename="../src/main_window.cpp" line="129" />
        <location filename="../src/main_window.cpp" line="194" />
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="125" />
        <source>As opened</source>
        <translation>Wie geöffnet</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="126" />
        <source>History of the edits</source>
        <translation>Verlauf der Änderungen</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="127" />
        <source>Scenario</source>
        <translation>Szenario</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="128" />
        <source>Inspector</source>
        <translation>Eigenschaften</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="130" />
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="132" />
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="163" />
        <source>The run failed: %1</source>
        <translation>Der Lauf ist gescheitert: %1</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="181" />
        <source>%1[*] — Isochrone</source>
        <translation>%1[*] — Isochrone</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="181" />
        <location filename="../src/main_window_commands.cpp" line="211" />
        <source>Isochrone</source>
        <translation>Isochrone</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="185" />
        <source>not saved to a file yet</source>
        <translation>noch in keiner Datei</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="187" />
        <source>● unsaved changes</source>
        <translation>● ungespeicherte Änderungen</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="187" />
        <source>✓ saved</source>
        <translation>✓ gespeichert</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="194" />
        <source>Problems (%1)</source>
        <translation>Probleme (%1)</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="215" />
        <source>%1 requests simulated in %2 s</source>
        <translation>%1 Anfragen in %2 s simuliert</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="238" />
        <source>Save the scenario first: the command line reads the file.</source>
        <translation>Zuerst speichern: die Befehlszeile liest die Datei.</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="242" />
        <source>Copied: %1</source>
        <translation>Kopiert: %1</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="77" />
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="78" />
        <source>&amp;Open…</source>
        <translation>Ö&amp;ffnen…</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="79" />
        <source>Open a sa&amp;mple</source>
        <translation>&amp;Beispiel öffnen</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="86" />
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="87" />
        <source>Save &amp;as…</source>
        <translation>Speichern &amp;unter…</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="88" />
        <source>&amp;Export the report…</source>
        <translation>B&amp;ericht ausgeben…</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="91" />
        <source>&amp;Close the scenario</source>
        <translation>Szenario s&amp;chließen</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="92" />
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="96" />
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="102" />
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="103" />
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="105" />
        <source>&amp;Add…</source>
        <translation>&amp;Hinzufügen…</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="107" />
        <source>&amp;Duplicate…</source>
        <translation>&amp;Verdoppeln…</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="109" />
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="111" />
        <source>Re&amp;set the field</source>
        <translation>Feld &amp;zurücksetzen</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="114" />
        <source>&amp;Go to…</source>
        <translation>&amp;Gehe zu…</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="119" />
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="128" />
        <source>Map: geography or schematic</source>
        <translation>Karte: Geografie oder Schema</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="130" />
        <source>Charts: pictures or figures</source>
        <translation>Diagramme: Bilder oder Zahlen</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="134" />
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="135" />
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="140" />
        <source>&amp;Time</source>
        <translation>&amp;Zeit</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="154" />
        <source>&amp;Play or pause</source>
        <translation>&amp;Abspielen oder anhalten</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="157" />
        <source>&amp;Next slice</source>
        <translation>&amp;Nächster Abschnitt</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="160" />
        <source>P&amp;revious slice</source>
        <translation>&amp;Voriger Abschnitt</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="163" />
        <source>&amp;Whole run</source>
        <translation>&amp;Ganzer Lauf</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="166" />
        <source>&amp;Slowest request</source>
        <translation>&amp;Langsamste Anfrage</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="174" />
        <source>The slowest request of %1</source>
        <translation>Die langsamste Anfrage von %1</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="186" />
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="187" />
        <source>&amp;Run and compare</source>
        <translation>&amp;Rechnen und vergleichen</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="189" />
        <source>&amp;Stop</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="191" />
        <source>&amp;Ask what this page asks</source>
        <translation>&amp;Frage dieser Seite stellen</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="195" />
        <source>&amp;Preview</source>
        <translation>&amp;Vorschau</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="196" />
        <source>Preview after every &amp;change</source>
        <translation>Vorschau nach jeder Ä&amp;nderung</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="200" />
        <source>&amp;Copy as command line</source>
        <translation>Als Befehlszeile &amp;kopieren</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="205" />
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="206" />
        <source>&amp;Find a command…</source>
        <translation>Befehl &amp;suchen…</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="208" />
        <source>&amp;Shortcuts</source>
        <translation>&amp;Tasten</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="209" />
        <source>&amp;About</source>
        <translation>Ü&amp;ber</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="212" />
        <source>Isochrone %1

Map: Natural Earth, public domain.</source>
        <translation>Isochrone %1

Karte: Natural Earth, gemeinfrei.</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="217" />
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="220" />
        <source>▶ Run</source>
        <translation>▶ Rechnen</translation>
    </message>
    <message>
        <location filename="../src/main_window_commands.cpp" line="221" />
        <source>■ Stop</source>
        <translation>■ Anhalten</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="43" />
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="61" />
        <source>Open a sample</source>
        <translation>Beispiel öffnen</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="61" />
        <location filename="../src/main_window_files.cpp" line="112" />
        <source>%1 cannot be written</source>
        <translation>%1 kann nicht geschrieben werden</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="71" />
        <source>Open a scenario</source>
        <translation>Szenario öffnen</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="71" />
        <location filename="../src/main_window_files.cpp" line="83" />
        <source>Scenarios (*.json)</source>
        <translation>Szenarien (*.json)</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="83" />
        <source>Save the scenario</source>
        <translation>Szenario speichern</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="90" />
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="101" />
        <source>Run the scenario first (F5): a report holds full results of it as it stands.</source>
        <translation>Zuerst rechnen (F5): ein Bericht enthält volle Ergebnisse des Szenarios, wie es ist.</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="104" />
        <source>Export the report</source>
        <translation>Bericht ausgeben</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="106" />
        <source>Report (*.html)</source>
        <translation>Bericht (*.html)</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="112" />
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="118" />
        <source>Unsaved changes</source>
        <translation>Ungespeicherte Änderungen</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="119" />
        <source>Save the changes of %1?</source>
        <translation>Die Änderungen an %1 speichern?</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="151" />
        <source>Changed on disk</source>
        <translation>Auf der Platte geändert</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="152" />
        <source>%1 was changed by another program. What it has beside what is here:</source>
        <translation>%1 wurde von einem anderen Programm geändert. Was dort anders ist als hier:</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="167" />
        <source>The last session ended before these changes of %1 were saved.</source>
        <translation>Die letzte Sitzung endete, bevor diese Änderungen an %1 gespeichert waren.</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="154" />
        <source>Take it over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="155" />
        <source>Keep mine</source>
        <translation>Meines behalten</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="160" />
        <source>Take over the file's changes</source>
        <translation>Änderungen der Datei übernehmen</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="166" />
        <source>Unsaved changes were found</source>
        <translation>Ungespeicherte Änderungen gefunden</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="168" />
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="169" />
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <location filename="../src/main_window_files.cpp" line="179" />
        <source>Restore unsaved changes</source>
        <translation>Ungespeicherte Änderungen wiederherstellen</translation>
    </message>
    <message>
        <location filename="../src/main_window.cpp" line="78" />
        <source>Sensitivity</source>
        <translation>Empfindlichkeit</translation>
    </message>
</context>
<context>
    <name>gui::MapPage</name>
    <message>
        <location filename="../src/views/map_page.cpp" line="59" />
        <source>against the reference</source>
        <translation>gegen den Vergleich</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="85" />
        <source>round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="85" />
        <source>p95 latency</source>
        <translation>p95 der Latenz</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="85" />
        <source>utilisation</source>
        <translation>Auslastung</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="85" />
        <source>cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="85" />
        <source>carbon</source>
        <translation>CO2</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="86" />
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="88" />
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="89" />
        <source>geography</source>
        <translation>Geografie</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="89" />
        <source>schematic</source>
        <translation>Schema</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="91" />
        <source>Strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="92" />
        <source>Flow</source>
        <translation>Ablauf</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="93" />
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="94" />
        <source>Isochrones</source>
        <translation>Isochronen</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="96" />
        <source>Area within the budget gained (plain) and lost (hatched) against the reference strategy</source>
        <translation>Fläche innerhalb der Zeit, gewonnen (voll) und verloren (schraffiert) gegen die Vergleichsstrategie</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="98" />
        <source>Layout</source>
        <translation>Anordnung</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="128" />
        <source>Zoom in</source>
        <translation>Näher</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="129" />
        <source>Zoom out</source>
        <translation>Weiter weg</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="130" />
        <source>Fit</source>
        <translation>Alles</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="130" />
        <source>Show everything</source>
        <translation>Alles zeigen</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="208" />
        <source>%1 km²</source>
        <translation>%1 km²</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="209" />
        <source>%1 million km²</source>
        <translation>%1 Mio. km²</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="212" />
        <source>Within %1 ms: %2 of the users of %3</source>
        <translation>Innerhalb von %1 ms: %2 der Nutzer von %3</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="217" />
        <source>
%1 of what is shown</source>
        <translation>
%1 des Gezeigten</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="219" />
        <source>; gained %1 (plain), lost %2 (hatched)</source>
        <translation>; gewonnen %1 (glatt), verloren %2 (schraffiert)</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="214" />
        <source>, %1 under %2</source>
        <translation>, %1 unter %2</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="304" />
        <source>%1 here: mean round trip without load %2 ms</source>
        <translation>%1 hier: mittlere Umlaufzeit ohne Last %2 ms</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="316" />
        <source>%1 takes its place from a catalogue or an import; give it an "at" of its own to move it</source>
        <translation>%1 hat seinen Ort aus einem Katalog oder Import; ein eigenes „at“ macht es beweglich</translation>
    </message>
    <message>
        <location filename="../src/views/map_page.cpp" line="321" />
        <source>Move %1</source>
        <translation>%1 verschieben</translation>
    </message>
</context>
<context>
    <name>gui::MapView</name>
    <message>
        <location filename="../src/map/map_view.cpp" line="35" />
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <location filename="../src/map/map_view.cpp" line="37" />
        <source>Sites, users and the network between them; the same figures stand in the tables</source>
        <translation>Standorte, Nutzer und das Netz dazwischen; dieselben Zahlen stehen in den Tabellen</translation>
    </message>
</context>
<context>
    <name>gui::OptimizePage</name>
    <message>
        <location filename="../src/views/optimize_page.cpp" line="62" />
        <source>keep the sites, decide sizes alone</source>
        <translation>Standorte behalten, nur Größen entscheiden</translation>
    </message>
    <message>
        <location filename="../src/views/optimize_page.cpp" line="66" />
        <source>Cost against latency</source>
        <translation>Kosten gegen Latenz</translation>
    </message>
    <message>
        <location filename="../src/views/optimize_page.cpp" line="67" />
        <source>Lower left is better. Stars: the best plans; squares: obvious placements; line: nothing that was met is both cheaper and faster.</source>
        <translation>Links unten ist besser. Sterne: die besten Pläne; Quadrate: naheliegende Platzierungen; Linie: nichts Gefundenes ist billiger und schneller.</translation>
    </message>
    <message>
        <location filename="../src/views/optimize_page.cpp" line="70" />
        <source>Save the plan as strategy</source>
        <translation>Plan als Strategie sichern</translation>
    </message>
    <message>
        <location filename="../src/views/optimize_page.cpp" line="82" />
        <source>Minimise</source>
        <translation>Möglichst wenig</translation>
    </message>
    <message>
        <location filename="../src/views/optimize_page.cpp" line="83" />
        <source>Best plans</source>
        <translation>Beste Pläne</translation>
    </message>
    <message>
        <location filename="../src/views/optimize_page.cpp" line="84" />
        <source>Plans to estimate</source>
        <translation>Pläne zu schätzen</translation>
    </message>
    <message>
        <location filename="../src/views/optimize_page.cpp" line="86" />
        <source>▶ Search</source>
        <translation>▶ Suchen</translation>
    </message>
    <message>
        <location filename="../src/views/optimize_page.cpp" line="104" />
        <source>Subject to</source>
        <translation>Unter der Bedingung</translation>
    </message>
    <message>
        <location filename="../src/views/optimize_page.cpp" line="105" />
        <source>Decide the placement of</source>
        <translation>Entschieden wird, wo steht</translation>
    </message>
    <message>
        <location filename="../src/views/optimize_page.cpp" line="107" />
        <source>What the search found</source>
        <translation>Was die Suche fand</translation>
    </message>
    <message>
        <location filename="../src/views/optimize_page.cpp" line="124" />
        <source>Which placement keeps every requirement at the least cost? Formulas search, simulation decides among the best.</source>
        <translation>Welche Platzierung hält jede Anforderung am billigsten? Formeln suchen, Simulation entscheidet unter den besten.</translation>
    </message>
    <message>
        <location filename="../src/views/optimize_page.cpp" line="213" />
        <source>No plan keeps every requirement.</source>
        <translation>Kein Plan hält jede Anforderung.</translation>
    </message>
    <message>
        <location filename="../src/views/optimize_page.cpp" line="216" />
        <source>%1: %2 USD a month, sites: %3.</source>
        <translation>%1: %2 USD im Monat, Standorte: %3.</translation>
    </message>
    <message>
        <location filename="../src/views/optimize_page.cpp" line="238" />
        <source>Save %1</source>
        <translation>%1 sichern</translation>
    </message>
    <message>
        <location filename="../src/views/optimize_page.cpp" line="244" />
        <source>Strategy %1 is in the scenario; run the comparison (F5) to see it beside the others.</source>
        <translation>Strategie %1 steht im Szenario; der Vergleich (F5) zeigt sie neben den anderen.</translation>
    </message>
</context>
<context>
    <name>gui::PlotPanel</name>
    <message>
        <location filename="../src/charts/plot_panel.cpp" line="62" />
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <location filename="../src/charts/plot_panel.cpp" line="64" />
        <source>Show the figures instead of the picture</source>
        <translation>Die Zahlen statt des Bildes zeigen</translation>
    </message>
    <message>
        <location filename="../src/charts/plot_panel.cpp" line="69" />
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <location filename="../src/charts/plot_panel.cpp" line="72" />
        <source>Copy as image</source>
        <translation>Als Bild kopieren</translation>
    </message>
    <message>
        <location filename="../src/charts/plot_panel.cpp" line="73" />
        <source>Copy the figures</source>
        <translation>Die Zahlen kopieren</translation>
    </message>
    <message>
        <location filename="../src/charts/plot_panel.cpp" line="75" />
        <source>Export as PNG, SVG or CSV…</source>
        <translation>Als PNG, SVG oder CSV ausgeben…</translation>
    </message>
    <message>
        <location filename="../src/charts/plot_panel.cpp" line="125" />
        <location filename="../src/charts/plot_panel.cpp" line="134" />
        <source>%1 cannot be written</source>
        <translation>%1 kann nicht geschrieben werden</translation>
    </message>
    <message>
        <location filename="../src/charts/plot_panel.cpp" line="138" />
        <source>%1 ends neither in .png, .svg nor .csv</source>
        <translation>%1 endet weder auf .png, .svg noch .csv</translation>
    </message>
    <message>
        <location filename="../src/charts/plot_panel.cpp" line="146" />
        <location filename="../src/charts/plot_panel.cpp" line="150" />
        <source>Export</source>
        <translation>Ausgeben</translation>
    </message>
    <message>
        <location filename="../src/charts/plot_panel.cpp" line="147" />
        <source>Picture (*.png);;Drawing (*.svg);;Figures (*.csv)</source>
        <translation>Bild (*.png);;Zeichnung (*.svg);;Zahlen (*.csv)</translation>
    </message>
</context>
<context>
    <name>gui::ProblemsModel</name>
    <message>
        <location filename="../src/document/problems_model.cpp" line="57" />
        <source>Code</source>
        <translation>Kennung</translation>
    </message>
    <message>
        <location filename="../src/document/problems_model.cpp" line="59" />
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <location filename="../src/document/problems_model.cpp" line="61" />
        <source>Place</source>
        <translation>Stelle</translation>
    </message>
</context>
<context>
    <name>gui::QuestionPage</name>
    <message>
        <location filename="../src/views/question_page.cpp" line="34" />
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <location filename="../src/views/question_page.cpp" line="56" />
        <source>Strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <location filename="../src/views/question_page.cpp" line="64" />
        <source>Flow</source>
        <translation>Ablauf</translation>
    </message>
    <message>
        <location filename="../src/views/question_page.cpp" line="73" />
        <source>■ Stop</source>
        <translation>■ Anhalten</translation>
    </message>
    <message>
        <location filename="../src/views/question_page.cpp" line="74" />
        <source>Copy as command line</source>
        <translation>Als Befehlszeile kopieren</translation>
    </message>
</context>
<context>
    <name>gui::ReportView</name>
    <message>
        <location filename="../src/views/text_views.cpp" line="66" />
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <location filename="../src/views/text_views.cpp" line="67" />
        <source>Press F5: what the command line prints of the comparison stands here.</source>
        <translation>F5: hier steht dann, was die Befehlszeile vom Vergleich ausgibt.</translation>
    </message>
</context>
<context>
    <name>gui::RunGauge</name>
    <message>
        <location filename="../src/views/run_gauge.cpp" line="35" />
        <source>assertions undecided: %1</source>
        <translation>unentschiedene Bedingungen: %1</translation>
    </message>
    <message>
        <location filename="../src/views/run_gauge.cpp" line="38" />
        <source>%1 ±%2 of %3, binding: %4</source>
        <translation>%1 ±%2 von %3, bestimmend: %4</translation>
    </message>
    <message>
        <location filename="../src/views/run_gauge.cpp" line="48" />
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
        <location filename="../src/views/run_gauge.cpp" line="50" />
        <source>Precision of the run</source>
        <translation>Genauigkeit des Laufs</translation>
    </message>
    <message>
        <location filename="../src/views/run_gauge.cpp" line="66" />
        <source>%1 · replication %2 of %3</source>
        <translation>%1 · Wiederholung %2 von %3</translation>
    </message>
    <message>
        <location filename="../src/views/run_gauge.cpp" line="73" />
        <source>about %1 s left</source>
        <translation>noch etwa %1 s</translation>
    </message>
</context>
<context>
    <name>gui::ScenarioPanel</name>
    <message>
        <location filename="../src/views/scenario_panel.cpp" line="22" />
        <source>Search (Ctrl+P)</source>
        <translation>Suchen (Strg+P)</translation>
    </message>
    <message>
        <location filename="../src/views/scenario_panel.cpp" line="23" />
        <source>Search the scenario</source>
        <translation>Das Szenario durchsuchen</translation>
    </message>
    <message>
        <location filename="../src/views/scenario_panel.cpp" line="30" />
        <source>Scenario</source>
        <translation>Szenario</translation>
    </message>
    <message>
        <location filename="../src/views/scenario_panel.cpp" line="99" />
        <source>Add…</source>
        <translation>Hinzufügen…</translation>
    </message>
    <message>
        <location filename="../src/views/scenario_panel.cpp" line="100" />
        <source>Duplicate…</source>
        <translation>Verdoppeln…</translation>
    </message>
    <message>
        <location filename="../src/views/scenario_panel.cpp" line="101" />
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <location filename="../src/views/scenario_panel.cpp" line="125" />
        <source>Select a site, service, strategy or the like of this file to duplicate.</source>
        <translation>Zum Verdoppeln einen Standort, Dienst, eine Strategie oder Ähnliches aus dieser Datei auswählen.</translation>
    </message>
    <message>
        <location filename="../src/views/scenario_panel.cpp" line="117" />
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <location filename="../src/views/scenario_panel.cpp" line="130" />
        <source>Duplicate</source>
        <translation>Verdoppeln</translation>
    </message>
    <message>
        <location filename="../src/views/scenario_panel.cpp" line="138" />
        <source>Select a site, service, strategy or the like to remove.</source>
        <translation>Wählen Sie zum Entfernen einen Standort, Dienst, eine Strategie oder dergleichen.</translation>
    </message>
</context>
<context>
    <name>gui::ScenarioTreeModel</name>
    <message>
        <location filename="../src/document/scenario_tree_model.cpp" line="182" />
        <source>Scenario</source>
        <translation>Szenario</translation>
    </message>
    <message>
        <location filename="../src/document/scenario_tree_model.cpp" line="182" />
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
</context>
<context>
    <name>gui::SensitivityPage</name>
    <message>
        <location filename="../src/views/sensitivity_page.cpp" line="19" />
        <source>What the answer hangs on</source>
        <translation>Woran die Antwort hängt</translation>
    </message>
    <message>
        <location filename="../src/views/sensitivity_page.cpp" line="20" />
        <source>Each input lowered (open) and raised (filled), one at a time, on the same demand. ! turns the verdict.</source>
        <translation>Jede Eingabe gesenkt (offen) und erhöht (gefüllt), eine nach der anderen, mit derselben Nachfrage. ! kippt das Urteil.</translation>
    </message>
    <message>
        <location filename="../src/views/sensitivity_page.cpp" line="24" />
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <location filename="../src/views/sensitivity_page.cpp" line="25" />
        <source>Vary each input by</source>
        <translation>Jede Eingabe ändern um</translation>
    </message>
    <message>
        <location filename="../src/views/sensitivity_page.cpp" line="26" />
        <source>Requirement</source>
        <translation>Anforderung</translation>
    </message>
    <message>
        <location filename="../src/views/sensitivity_page.cpp" line="27" />
        <source>▶ Vary the inputs</source>
        <translation>▶ Eingaben ändern</translation>
    </message>
    <message>
        <location filename="../src/views/sensitivity_page.cpp" line="37" />
        <source>Which inputs does the answer hang on? Each is lowered and raised, and simulated both times: this takes a while.</source>
        <translation>An welchen Eingaben hängt die Antwort? Jede wird gesenkt und erhöht und beide Male simuliert: das dauert.</translation>
    </message>
    <message>
        <location filename="../src/views/sensitivity_page.cpp" line="92" />
        <source>Ended before any input was varied.</source>
        <translation>Beendet, bevor eine Eingabe geändert war.</translation>
    </message>
    <message>
        <location filename="../src/views/sensitivity_page.cpp" line="97" />
        <source>the margin of %1</source>
        <translation>der Abstand von %1</translation>
    </message>
    <message>
        <location filename="../src/views/sensitivity_page.cpp" line="99" />
        <source>Most hangs on %1.</source>
        <translation>Das meiste hängt an %1.</translation>
    </message>
</context>
<context>
    <name>gui::ShortcutSheet</name>
    <message>
        <location filename="../src/views/shortcut_sheet.cpp" line="18" />
        <source>Shortcuts</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <location filename="../src/views/shortcut_sheet.cpp" line="22" />
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <location filename="../src/views/shortcut_sheet.cpp" line="22" />
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <location filename="../src/views/shortcut_sheet.cpp" line="29" />
        <source>Commands and their keys</source>
        <translation>Befehle und ihre Tasten</translation>
    </message>
    <message>
        <location filename="../src/views/shortcut_sheet.cpp" line="31" />
        <source>On the map: drag or arrows to move, wheel or + and − to zoom, F to fit.</source>
        <translation>Auf der Karte: ziehen oder Pfeile zum Bewegen, Rad oder + und − zum Vergrößern, F für alles.</translation>
    </message>
    <message>
        <location filename="../src/views/shortcut_sheet.cpp" line="54" />
        <source>Keys of %1</source>
        <translation>Tasten von %1</translation>
    </message>
    <message>
        <location filename="../src/views/shortcut_sheet.cpp" line="64" />
        <source>⚠ %1 has these keys already: %2</source>
        <translation>⚠ %1 hat diese Tasten schon: %2</translation>
    </message>
</context>
<context>
    <name>gui::SourceView</name>
    <message>
        <location filename="../src/views/text_views.cpp" line="28" />
        <source>Source of the scenario</source>
        <translation>Quelltext des Szenarios</translation>
    </message>
</context>
<context>
    <name>gui::StateBadge</name>
    <message>
        <location filename="../src/views/state_badge.cpp" line="24" />
        <source>⚠ STALE: 1 input changed</source>
        <translation>⚠ VERALTET: 1 Eingabe geändert</translation>
    </message>
    <message>
        <location filename="../src/views/state_badge.cpp" line="25" />
        <source>⚠ STALE: %1 inputs changed</source>
        <translation>⚠ VERALTET: %1 Eingaben geändert</translation>
    </message>
    <message>
        <location filename="../src/views/state_badge.cpp" line="43" />
        <source>✗ a problem to solve before it can run</source>
        <translation>✗ ein Problem ist zu lösen, bevor es laufen kann</translation>
    </message>
    <message>
        <location filename="../src/views/state_badge.cpp" line="44" />
        <source>✗ %1 problems to solve before it can run</source>
        <translation>✗ %1 Probleme sind zu lösen, bevor es laufen kann</translation>
    </message>
    <message>
        <location filename="../src/views/state_badge.cpp" line="45" />
        <source>not run yet: F5</source>
        <translation>noch nicht gerechnet: F5</translation>
    </message>
    <message>
        <location filename="../src/views/state_badge.cpp" line="48" />
        <source>▨ PREVIEW in %1 ms</source>
        <translation>▨ VORSCHAU in %1 ms</translation>
    </message>
    <message>
        <location filename="../src/views/state_badge.cpp" line="49" />
        <source>◐ PARTIAL RESULTS: ended early</source>
        <translation>◐ TEILERGEBNIS: vorzeitig beendet</translation>
    </message>
    <message>
        <location filename="../src/views/state_badge.cpp" line="49" />
        <source>● FULL RESULTS</source>
        <translation>● VOLLES ERGEBNIS</translation>
    </message>
    <message>
        <location filename="../src/views/state_badge.cpp" line="60" />
        <source>State of the results: %1</source>
        <translation>Stand der Ergebnisse: %1</translation>
    </message>
    <message>
        <location filename="../src/views/state_badge.cpp" line="86" />
        <source>… and %1 more</source>
        <translation>… und %1 weitere</translation>
    </message>
    <message>
        <location filename="../src/views/state_badge.cpp" line="70" />
        <source>≈ BY FORMULA: p99 of %1 is %2 ms under %3</source>
        <translation>≈ NACH FORMEL: p99 von %1 ist %2 ms unter %3</translation>
    </message>
</context>
<context>
    <name>gui::SweepPage</name>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="52" />
        <source>Surface</source>
        <translation>Fläche</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="53" />
        <source>Each cell is a point of the sweep, with its interval. ✗ misses the deadline, ? is undecided, hatched cannot be run.</source>
        <translation>Jede Zelle ist ein Punkt der Reihe, mit seinem Intervall. ✗ verfehlt die Frist, ? ist unentschieden, schraffiert ist nicht machbar.</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="55" />
        <source>Sweep</source>
        <translation>Reihe</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="56" />
        <source>Figure</source>
        <translation>Größe</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="57" />
        <source>Strategy</source>
        <translation>Strategie</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="58" />
        <source>▶ Run what is missing</source>
        <translation>▶ Fehlendes rechnen</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="64" />
        <source>Chosen point</source>
        <translation>Gewählter Punkt</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="82" />
        <location filename="../src/views/sweep_page.cpp" line="94" />
        <source>Job files</source>
        <translation>Auftragsdateien</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="83" />
        <source>Write the files with which a cluster runs this sweep in shards</source>
        <translation>Die Dateien schreiben, mit denen ein Cluster diese Reihe in Teilen rechnet</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="85" />
        <source>Slurm…</source>
        <translation>Slurm…</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="86" />
        <source>Kubernetes…</source>
        <translation>Kubernetes…</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="94" />
        <source>Tasks that share the points</source>
        <translation>Aufträge, die sich die Punkte teilen</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="97" />
        <source>Folder of the job files</source>
        <translation>Ordner der Auftragsdateien</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="100" />
        <source>Written: submit.sh and what it hands over, in %1</source>
        <translation>Geschrieben: submit.sh und was es übergibt, in %1</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="108" />
        <source>Save the scenario first: the tasks read the file.</source>
        <translation>Erst das Szenario speichern: die Aufträge lesen die Datei.</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="109" />
        <source>There is no sweep that could be run.</source>
        <translation>Es gibt keine Reihe, die gerechnet werden könnte.</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="134" />
        <source>Run the sweep: every point is simulated on the same demand.</source>
        <translation>Rechnen Sie die Reihe: jeder Punkt wird mit derselben Nachfrage simuliert.</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="135" />
        <source>The scenario has no sweep yet. Add one to its section Sweeps: axes are pointers into the scenario with the values they take.</source>
        <translation>Das Szenario hat noch keine Reihe. Fügen Sie im Abschnitt Sweeps eine hinzu: Achsen sind Zeiger in das Szenario mit den Werten, die sie annehmen.</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="167" />
        <source>%1 points of: %2</source>
        <translation>%1 Punkte von: %2</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="212" />
        <source>%1 of %2 points</source>
        <translation>%1 von %2 Punkten</translation>
    </message>
    <message>
        <location filename="../src/views/sweep_page.cpp" line="213" />
        <source>, %1 infeasible</source>
        <translation>, %1 nicht machbar</translation>
    </message>
</context>
<context>
    <name>gui::TimelinePanel</name>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="84" />
        <source>Previous slice (,)</source>
        <translation>Voriger Abschnitt (,)</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="85" />
        <location filename="../src/views/timeline_panel.cpp" line="206" />
        <source>▶ Play</source>
        <translation>▶ Abspielen</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="85" />
        <source>Play or pause (Space)</source>
        <translation>Abspielen oder anhalten (Leertaste)</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="86" />
        <source>Next slice (.)</source>
        <translation>Nächster Abschnitt (.)</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="87" />
        <source>Whole run</source>
        <translation>Ganzer Lauf</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="87" />
        <source>Show the whole run (Esc)</source>
        <translation>Den ganzen Lauf zeigen (Esc)</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="88" />
        <source>Slowest request</source>
        <translation>Langsamste Anfrage</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="88" />
        <source>Find the slowest request and show its waterfall (J)</source>
        <translation>Die langsamste Anfrage suchen und ihren Wasserfall zeigen (J)</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="90" />
        <location filename="../src/views/timeline_panel.cpp" line="123" />
        <source>Record over time</source>
        <translation>Verlauf aufzeichnen</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="90" />
        <source>Cut the run into slices (experiment.series) and run again</source>
        <translation>Den Lauf in Abschnitte teilen (experiment.series) und neu rechnen</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="92" />
        <source>Slice of the run</source>
        <translation>Abschnitt des Laufs</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="93" />
        <source>The farthest left is the whole run; then the slices follow</source>
        <translation>Ganz links ist der ganze Lauf; dann folgen die Abschnitte</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="98" />
        <source>What the map shows</source>
        <translation>Was die Karte zeigt</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="106" />
        <source>Requests and p99 over the run</source>
        <translation>Anfragen und p99 im Lauf</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="171" />
        <source>Looking for the slowest request…</source>
        <translation>Suche die langsamste Anfrage…</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="181" />
        <source>No request was answered.</source>
        <translation>Keine Anfrage wurde beantwortet.</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="188" />
        <source>The slowest request of %1 took %2 ms.</source>
        <translation>Die langsamste Anfrage von %1 dauerte %2 ms.</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="206" />
        <source>▮▮ Pause</source>
        <translation>▮▮ Anhalten</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="215" />
        <source>No results over time: experiment.series is 0 s, or there are too many classes of requests</source>
        <translation>Keine Ergebnisse im Lauf der Zeit: experiment.series ist 0 s, oder es gibt zu viele Klassen von Anfragen</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="217" />
        <source>Run it (F5) to see it over time</source>
        <translation>Rechnen (F5), um es im Lauf der Zeit zu sehen</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="219" />
        <source>Map and charts show the whole run: %1 slices of %2</source>
        <translation>Karte und Diagramme zeigen den ganzen Lauf: %1 Abschnitte zu %2</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="223" />
        <source>Map and charts show %1 — Esc for the whole run</source>
        <translation>Karte und Diagramme zeigen %1 — Esc für den ganzen Lauf</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="320" />
        <source>%1: %2 out, not simulated</source>
        <translation>%1: %2 fällt aus, nicht simuliert</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="330" />
        <source>▒ requests   — p99, at most %1 ms</source>
        <translation>▒ Anfragen   — p99, höchstens %1 ms</translation>
    </message>
    <message>
        <location filename="../src/views/timeline_panel.cpp" line="331" />
        <source>   ▨ beyond the deadline, %1 ms</source>
        <translation>   ▨ jenseits der Frist, %1 ms</translation>
    </message>
</context>
<context>
    <name>gui::WelcomePage</name>
    <message>
        <location filename="../src/views/welcome_page.cpp" line="47" />
        <source>Isochrone</source>
        <translation>Isochrone</translation>
    </message>
    <message>
        <location filename="../src/views/welcome_page.cpp" line="49" />
        <source>Where should each service run, how much of it, and what will users feel and finance pay?</source>
        <translation>Wo soll welcher Dienst laufen, wie viel davon, und was spüren die Nutzer und zahlt die Kasse?</translation>
    </message>
    <message>
        <location filename="../src/views/welcome_page.cpp" line="70" />
        <source>Open a scenario…</source>
        <translation>Ein Szenario öffnen…</translation>
    </message>
    <message>
        <location filename="../src/views/welcome_page.cpp" line="75" />
        <source>or drop its file here</source>
        <translation>oder seine Datei hier ablegen</translation>
    </message>
    <message>
        <location filename="../src/views/welcome_page.cpp" line="83" />
        <source>Start from a question</source>
        <translation>Beginnen Sie mit einer Frage</translation>
    </message>
    <message>
        <location filename="../src/views/welcome_page.cpp" line="84" />
        <source>Choose one, press F5 and read the answer: half a minute.</source>
        <translation>Eines wählen, F5 drücken, die Antwort lesen: eine halbe Minute.</translation>
    </message>
    <message>
        <location filename="../src/views/welcome_page.cpp" line="107" />
        <source>Recent</source>
        <translation>Zuletzt</translation>
    </message>
</context>
</TS>
