import type { RefusalWords } from './refusal-words.ts';

/** German, Dutch, the languages of the North, Finnish and Estonian, whose people refuse in much the same way. */
export const germanicRefusals: readonly RefusalWords[] = [
  {
    language: 'de',
    leave:
      'abmelden abmeldung abbestellen abbestellung austragen melde_mich_ab meldet_mich_ab melden_sie_mich_ab melde_mich_hiermit_ab bestelle_ab kundige ' +
      'streichen_sie_mich streicht_mich loschen_sie_mich loscht_mich loschen_sie_meine loscht_meine nehmen_sie_mich nehmt_mich lassen_sie_mich_in_ruhe ' +
      'lasst_mich_in_ruhe lass_mich_in_ruhe widerspreche widerrufe widerruf tragt_mich_aus tragen_sie_mich_aus entfernen_sie_mich entfernt_mich nicht_mehr_kontaktieren sperren_sie_meine unterlassen_sie_es kontaktsperre austragung entferne_mich streiche_mich losche_mich nimm_mich trag_mich_aus keine_werbung',
    cancel:
      'loschen loscht losche kundigen kundigung stornieren entfernen entfernt streichen streicht storno beenden ab in_ruhe raus runter heraus nehmt nehmen nimm trag tragt tragen abgemeldet',
    end:
      'stop stopp stoppen stoppt hor_auf hort_auf horen_sie_auf aufhoren hor_endlich_auf hort_endlich_auf schluss_mit schluss_damit genug_von unterlassen_sie unterlasst ' +
      'einstellen stellen_sie stellt unterlassen weg_mit aus_mit',
    not: 'nicht nie niemals nichts',
    none: 'keine kein keinen keinerlei nie_wieder',
    send:
      'schreiben schreibt schreib schicken schickt schick senden sendet sende kontaktieren kontaktiert anschreiben melden meldet nerven nervt belastigen ' +
      'belastigt anrufen ruft zuschicken zusenden zu_schicken zu_schreiben zu_senden simsen texten textet spammen zu_nerven zuspammen werben belastigt_mich zutexten zumullen',
    want: 'will mochte moechte wunsche wollen wunscht wuensche',
    receive: 'erhalten bekommen empfangen kriegen haben',
    dontWant: 'kein_interesse nicht_interessiert kein_bedarf',
    noun:
      'nachricht nachrichten sms werbung werbesms werbe_sms text texte mitteilung mitteilungen angebot angebote newsletter spam mail mails emails whatsapp benachrichtigungen ' +
      'werbenachrichten push info infos werbemails kram mist scheiss scheiss_werbung scheiss_sms belastigung werbeanrufe anrufe werbenachricht kontaktaufnahme infos_mehr',
    who: 'mir mich uns meine_nummer meiner_nummer diese_nummer dieser_nummer an_mich liste der_liste ihrer_liste eurer_liste dem_verteiler verteiler ihrem_verteiler eurem_verteiler meine_daten ihrer_datenbank nummer handynummer daten von_der_liste ihrer_kartei kartei handy',
    ask: 'konnen_sie konnt_ihr kannst_du konnten_sie konntet_ihr wurden_sie wurdet_ihr',
    block: 'warum wann wenn ob noch hab habe wieso',
    fill:
      'bitte danke dankeschon mehr mir ich sie ihr von vom euch ihnen ihre eure diese dieser diesen dieses und jetzt sofort endlich hiermit weitere weiteren weiterhin zu an auf ' +
      'hallo guten tag die der das den dem mit aus meiner meine euren so mal wieder  kunftig zukunftig ihren alle allen auch damit zum zur gerne erneut verdammt verdammten standigen lg mfg ja ok lassen lasst lass umgehend unverzuglich mochten mochte_ich bitte_sofort immer staendig standig nochmal einfach dass so_viele generell bloss wirklich verschicken hier es ist reicht genug gefalligst bin habe_genug leute verdammte keinerlei_weitere mit_freundlichen grussen freundlichen zukunft',
    soft: 'zu_viele_nachrichten zu_viele_sms zu_oft',
    manners: 'bitte danke hallo guten tag dankeschon vielen dank servus moin lg mfg gruss grusse',
  },
  {
    language: 'nl',
    leave:
      'afmelden afmelding uitschrijven schrijf_me_uit schrijf_mij_uit meld_me_af meld_mij_af haal_me haal_mij verwijder_me verwijder_mij verwijder_mijn laat_me_met_rust laat_mij_met_rust opzeggen afmeld afgemeld meld_ons_af schrijf_ons_uit uitgeschreven meld_mijn weg_ermee',
    cancel:
      'verwijder verwijderen annuleren annuleer wis wissen haal schrap schrappen halen haalt schrijf schrijven uit af gooi',
    end: 'stop stopt stopp stoppen hou_op houd_op hou_eens_op ophouden kap_met kappen kappen_met genoeg_van klaar_met staak staken beeindig weg_met',
    not: 'niet nooit niks',
    none: 'geen',
    send: 'stuur sturen stuurt schrijf schrijven app appen sms smsen contacteer contacteren benaderen benader bel bellen berichten mail mailen lastigvallen lastig_vallen lastig te_sturen verstuur versturen toesturen spammen spam lastig_te_vallen',
    want: 'wil wens willen wens_ik wens zou_graag',
    receive: 'ontvangen krijgen hebben',
    dontWant: 'geen_interesse niet_geinteresseerd niet_meer_geinteresseerd',
    noun: 'bericht berichten sms smsjes sms_jes berichtjes reclame aanbieding aanbiedingen spam mail mails notificaties meldingen appjes nieuwsbrief promoties advertenties abonnement smsen reclames reclameberichten berichten_meer',
    who: 'me mij ons mijn_nummer dit_nummer van_de_lijst lijst deze_lijst jullie_lijst uw_lijst mijn_gegevens jullie_bestand uw_bestand bestand nummer telefoonnummer mijn_telefoonnummer adressenbestand',
    ask: 'kunnen_jullie kunt_u kan_je wilt_u willen_jullie wil_je zou_u',
    block: 'waarom wanneer als nog heb',
    fill: 'meer ik jullie u je uw van de het een die deze dit aub alstublieft alsjeblieft graag bedankt dank dankjewel hallo goedemiddag goedendag met en nu direct per_direct ajb svp a u b op uit tot aan mij_voor zulke al die ok verdomme onmiddellijk verdere hiermee te die met over al_die onmiddellijk altijd elke_keer nou eens rust met_rust laat_maar zo graag_gedaan per dank_je wel vriendelijk verzoek dus hier steeds',
    soft: 'te_veel_berichten te_veel_sms',
    manners: 'aub alstublieft alsjeblieft bedankt dank dankjewel hallo svp graag ajb groet groetjes',
  },
  {
    language: 'sv',
    leave:
      'avregistrera avregistrera_mig avsluta_prenumeration avprenumerera ta_bort_mig ta_bort_mitt lamna_mig_ifred lamna_mig_i_fred avanmala avanmal avanmala_mig avanmalan stryk_mig sag_upp avsluta_min_prenumeration sluta_stora_mig ta_bort_mina radera_mitt_nummer stoppa_sms ta_bort_numret radera_mig lamna_oss_ifred avregistrera_numret stoppa_utskick',
    cancel: 'avsluta avbryt ta_bort radera avboka stryk',
    end: 'stop stopp stoppa sluta upphor lagg_av nog_med sluta_med upphora stopp_med',
    not: 'inte aldrig ej',
    none: 'inga ingen inget',
    send: 'skicka skickar skriva skriv smsa sms_a messa kontakta kontaktar ringa ring stora spamma meddela maila att_skicka skickat smsa_mig stor tjata spamma_mig bombardera',
    want: 'vill onskar vill_ha',
    receive: 'fa ha ta_emot fa_fler',
    dontWant: 'inte_intresserad',
    noun: 'meddelande meddelanden sms smsen reklam erbjudande erbjudanden spam mejl mail notiser utskick mess reklamsms smset sms_reklam utskicken marknadsforing prenumerationen prenumeration',
    who: 'mig oss mitt_nummer detta_nummer fran_listan listan er_lista lista mina_uppgifter mobil till_mig numret nummer',
    ask: 'kan_ni kan_du skulle_ni snalla vanligen',
    block: 'varfor nar om har',
    fill: 'fler mer jag ni du er era dessa till fran tack snalla vanligen hej och nu genast omedelbart att med langre langre detta den de din dina mera hela tiden ok for igen genast ens nagonsin igen_tack min sms_ar gang prenumerera',
    soft: 'for_manga_sms for_manga_meddelanden',
    manners: 'tack snalla vanligen hej mvh halsningar',
  },
  {
    language: 'da',
    leave:
      'afmeld afmelde afmelding afmeld_mig frameld frameld_mig framelding slet_mig fjern_mig slet_mit_nummer fjern_mit lad_mig_vaere lad_mig_vaere_i_fred opsig afmeldes slet_mit meld_mig_fra meld_mig_ud slet_mine meld_fra stop_sms slet_nummeret lad_mig_vaere_ifred afmeld_nummer lad_mig_i_fred fjern_nummeret',
    cancel: 'annuller slet fjern opsige afslut',
    end: 'stop stopp stands hold_op ophor stop_med hold_op_med nok_med',
    not: 'ikke aldrig',
    none: 'ingen intet',
    send: 'send sende skriv skrive sms kontakt kontakte ring ringe forstyr sms_e spamme at_sende at_skrive skriver spam genere plage',
    want: 'vil onsker vil_have',
    receive: 'modtage have fa',
    dontWant: 'ikke_interesseret',
    noun: 'besked beskeder sms sms_er smser reklame reklamer tilbud spam mail mails nyhedsbrev beskederne annoncer markedsforing beskeder_mere sms_beskeder',
    who: 'mig os mit_nummer dette_nummer fra_listen listen jeres_liste liste mine_oplysninger til_mig nummer databasen',
    ask: 'kan_i kan_du vil_i vil_du gider_i',
    block: 'hvorfor hvornar hvis har',
    fill: 'flere mere jeg i du jer jeres fra til tak venligst hej og nu straks at med disse den det de din dine vil_i laengere gerne ok igen for venligst_at straks_at mit ikke_mere gang nogensinde',
    soft: 'for_mange_beskeder',
    manners: 'tak venligst hej mvh hilsen',
  },
  {
    language: 'no',
    leave:
      'avmeld meld_meg_av meld_av avmelding avregistrer stryk_meg slett_meg fjern_meg la_meg_vaere la_meg_vaere_i_fred avslutt_abonnement si_opp slett_mitt fjern_mitt slett_mine ta_meg_bort stopp_sms slett_nummeret la_meg_i_fred meld_av_nummeret fjern_nummeret avmeld_meg la_meg_vaere_ifred',
    cancel: 'avslutt avbestill slett fjern kanseller',
    end: 'stop stopp stans slutt slutt_a slutt_med kutt_ut opphor nok_med hold_opp',
    not: 'ikke aldri',
    none: 'ingen inga',
    send: 'send sende skriv skrive kontakt kontakte ring ringe forstyrr mase sms spamme a_sende plag plage mas',
    want: 'vil onsker vil_ha',
    receive: 'motta ha fa',
    dontWant: 'ikke_interessert',
    noun: 'melding meldinger sms smser reklame tilbud spam mail epost meldingene annonser nyhetsbrev tekstmeldinger reklamer',
    who: 'meg oss mitt_nummer dette_nummer nummeret_mitt fra_listen fra_lista listen lista listen_deres nummer nummeret systemet databasen',
    ask: 'kan_dere kan_du vil_dere',
    block: 'hvorfor nar hvis har',
    fill: 'flere mer jeg dere du deres fra til takk vennligst hei og na straks a med disse den det de lenger vaer sa snill ok for igjen gang noensinne min mine alle mitt',
    soft: 'for_mange_meldinger',
    manners: 'takk vennligst hei mvh hilsen vaer sa snill',
  },
  {
    language: 'fi',
    leave:
      'peruuta_tilaus peruuttakaa_tilaus poista_minut poistakaa_minut poistakaa_numeroni poista_numeroni jattakaa_minut_rauhaan jattakaa_rauhaan irtisano irtisanon peru_tilaus en_tilaa eroan poistakaa_minut_listalta poista_numeroni_listalta lopeta_viestit peru_tilaukseni peruuta_tilaukseni poistakaa_numero',
    cancel: 'peruuta peruuttakaa poista poistakaa peru perua perun peruuttaa poistaa poistattehan',
    end: 'stop seis lopeta lopettakaa lopettaa riittaa riitti',
    not: 'ala alkaa en ei',
    none: 'ei_enaa',
    send: 'laheta lahettako lahettaa lahettaminen lahettamasta kirjoita kirjoittako soita soittako ottako_yhteytta hairitko hairitse spammatko lahettaka laittako laita laittamasta hairitseminen hairitsemasta tekstata',
    want: 'halua haluan toivo',
    receive: 'saada vastaanottaa',
    dontWant: 'en_ole_kiinnostunut ei_kiinnosta',
    noun: 'viesti viesteja viestit viestien viestia viestejanne tekstiviesteja tekstiviestit mainos mainoksia mainokset mainontaa sms tarjouksia roskapostia spammia ilmoituksia markkinointia viestittely viestittelyn viestinta viesteilla tilaus tilauksen tilaukseni mainosviesteja mainosviestit mainosten mainosviestien teksti- tekstareita',
    who: 'minulle minut numeroni numeroon tahan_numeroon listalta listaltanne mulle',
    ask: 'voisitteko voitteko voitko voisitko',
    block: 'miksi milloin jos',
    fill: 'enaa kiitos hei naita teidan mitaan heti nyt lisaa enempaa olkaa hyva ja tama tata minua kiitti olen ok moi haluaisin kaikki pyydan valittomasti tietoni numero sinun pois heti_paikalla',
    soft: 'liikaa_viesteja',
    manners: 'kiitos hei moi kiitti ystavallisesti',
  },
  {
    language: 'et',
    leave:
      'loobun loobuda loobu eemaldage_mind eemaldage tellimusest_loobumine jatke_mind_rahule tuhistage_tellimus',
    cancel: 'tuhista tuhistage eemalda kustuta kustutage',
    end: 'stop stopp lopetage lopeta lopetada aitab',
    not: 'arge ara ei',
    send: 'saatke saata saatmine saatmast kirjutage helistage',
    want: 'soovi taha soovin',
    receive: 'saada',
    noun: 'sonumeid sonum sonumit sms reklaami reklaam pakkumisi spammi smse teateid',
    who: 'mulle mind minu_number nimekirjast',
    fill: 'enam palun aitah tere rohkem mingeid neid kohe ma oma teie',
    manners: 'palun aitah tere tanan',
  },
];
