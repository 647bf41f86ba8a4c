import type { RefusalWords } from './refusal-words.ts';

/** German, Dutch, the languages of the North, Finnish and Estonian, whose people refuse in much the same way. */
export const germanicRefusals: readonly RefusalWords[] = [
  {
    language: 'de',
    leave:
      'abmelden abmeldung abbestellen abbestellung austragen melde_mich_ab meldet_mich_ab melden_sie_mich_ab melde_mich_hiermit_ab bestelle_ab ' +
      'kundige streichen_sie_mich streicht_mich loschen_sie_mich loscht_mich loschen_sie_meine loscht_meine nehmen_sie_mich nehmt_mich ' +
      'lassen_sie_mich_in_ruhe lasst_mich_in_ruhe lass_mich_in_ruhe widerspreche widerrufe widerruf tragt_mich_aus tragen_sie_mich_aus ' +
      'entfernen_sie_mich entfernt_mich nicht_mehr_kontaktieren sperren_sie_meine unterlassen_sie_es kontaktsperre austragung entferne_mich ' +
      'streiche_mich losche_mich nimm_mich trag_mich_aus keine_werbung bitte_austragen austragen_bitte aus_dem_verteiler aus_der_liste ' +
      'aus_ihrem_verteiler trag_mich_bitte_aus tragt_mich_bitte_aus melde_mich_bitte_ab meldet_mich_bitte_ab mich_austragen mich_abmelden melde_ab ' +
      'meldet_ab abmelde abgemeldet_werden austragt abbestelle abbestellt loscht_meine_nummer losch_meine_nummer losch_mich lass_mich_in_frieden ' +
      'lasst_mich_in_frieden lasst_uns_in_ruhe lassen_sie_uns_in_ruhe in_ruhe_lassen in_ruhe_gelassen lasst_es lassen_sie_das unterlassen_sie_das ' +
      'unterlasst_das widerrufen ich_widerspreche widersprechen widerspruch vergiss_meine_nummer vergessen_sie_meine_nummer vergesst_meine_nummer ' +
      'nicht_storen austrgen abmelldung deabonnieren deabonnier deabonnieren_sie abo_beenden abo_kundigen abo_loschen nehmt_mich_raus ' +
      'nehmen_sie_mich_raus',
    cancel:
      'loschen loscht losche kundigen kundigung stornieren entfernen entfernt streichen streicht storno beenden ab in_ruhe raus runter heraus nehmt ' +
      'nehmen nimm trag tragt tragen abgemeldet losch loeschen loescht loesche loschung entferne entfern entfernung kundige kundigt beende beendet ' +
      'streich streichung rausnehmen rausnimmt rausloschen austragt stornier storniere zuruckziehen ziehe_zuruck zuruck entziehe entziehen ' +
      'widerrufen deaktivieren deaktiviert deaktiviere sperren sperrt sperre blockiert blockieren annullieren austragen_aus rauswerfen raushauen ' +
      'werft wirf schmeisst schmeiss entfernt_werden',
    end:
      'stop stopp stoppen stoppt hor_auf hort_auf horen_sie_auf aufhoren hor_endlich_auf hort_endlich_auf schluss_mit schluss_damit genug_von ' +
      'unterlassen_sie unterlasst einstellen stellen_sie stellt unterlassen weg_mit aus_mit hort_bitte_auf hor_bitte_auf horen_sie_bitte_auf ' +
      'hort_doch_auf hort_mal_auf aufzuhoren lasst_das lass_das lassen_sie_es schluss stoppen_sie beenden_sie beendet beende einstellt stellt_ein ' +
      'stellen_sie_ein stell einzustellen ende_mit fertig_mit die_nase_voll_von satt es_reicht_mit unterbinden unterbindet verzichten verzichtet ' +
      'verzichte gebt_ruhe abschalten abstellen stellt_ab ausschalten auf_mit auf_damit aus_jetzt',
    not: 'nicht nie niemals nichts nich net nix ned nimmer nimma nichtmehr nit keinesfalls bloss_nicht',
    none: 'keine kein keinen keinerlei nie_wieder keien keene koa koane null nie_mehr keine_einzige nix_mehr ohne kei',
    send:
      'schreiben schreibt schreib schicken schickt schick senden sendet sende kontaktieren kontaktiert anschreiben melden meldet nerven nervt ' +
      'belastigen belastigt anrufen ruft zuschicken zusenden zu_schicken zu_schreiben zu_senden simsen texten textet spammen zu_nerven zuspammen ' +
      'werben belastigt_mich zutexten zumullen schreibe schreibts schickts schicke schicken_sie senden_sie schreiben_sie kontaktiere ' +
      'kontaktieren_sie ruf rufen anzuschreiben anzurufen kontaktiert_werden kontaktieren_zu zu_kontaktieren zu_belastigen zu_spammen zu_texten ' +
      'bombardieren bombardiert zumullt mullt vollmullen spammt spamme belastige belastigt_werden nerve nervst storen stort zu_storen stor_mich ' +
      'anschreibt anschreib textest smst simst zusimsen whatsappen versendet versenden ubersenden ubermitteln meldest melde anquatschen angetextet ' +
      'behelligen behelligt anmailen mailen mailt werbt bewerben schik schickn sended schreibn zusendung zusendungen zu_senden_und textn ' +
      'vollzuspammen zuzuspammen zuzutexten zuzumullen zugespammt zuspammt vollspammen vollspammt vollzumullen',
    want:
      'will mochte moechte wunsche wollen wunscht wuensche willl wil mag wunschen begehre verlange brauche brauch brauchen interessiert ' +
      'interessieren will_ich moecht mocht wuensche_ich wunschte',
    receive:
      'erhalten bekommen empfangen kriegen haben erhalte bekomme krieg kriege zu_erhalten zu_bekommen lesen horen sehen haben_wollen ' +
      'angeschrieben_werden kontaktiert_werden belastigt_werden werbung_bekommen weiter_erhalten',
    dontWant:
      'kein_interesse nicht_interessiert kein_bedarf kein_intresse kein_interresse keine_interesse null_interesse kein_interesse_mehr ' +
      'nicht_mehr_interessiert keinerlei_interesse bin_nicht_interessiert nicht_interresiert interessiert_mich_nicht interessieren_mich_nicht ' +
      'interessiert_nicht kein_interesse_an keine_lust keine_lust_auf kein_bock kein_bock_auf brauch_ich_nicht brauche_ich_nicht keinen_bock ' +
      'keinen_bock_auf keinen_bock_mehr keinen_bock_mehr_auf keine_lust_mehr keine_lust_mehr_auf habe_keine_lust hab_keinen_bock hab_keinen_bock_auf ' +
      'habe_keinen_bock habe_keinen_bock_auf hab_keine_lust hab_keine_lust_auf habe_keine_lust_auf hab_kein_interesse habe_kein_interesse ' +
      'hab_kein_interesse_an habe_kein_interesse_an ich_habe_kein_interesse ich_habe_kein_interesse_an habe_kein_bock',
    noun:
      'nachricht nachrichten sms werbung werbesms werbe_sms text texte mitteilung mitteilungen angebot angebote newsletter spam mail mails emails ' +
      'whatsapp benachrichtigungen werbenachrichten push info infos werbemails kram mist scheiss scheiss_werbung scheiss_sms belastigung werbeanrufe ' +
      'anrufe werbenachricht kontaktaufnahme infos_mehr nachrichen nachrichtn nachricht_en msg msgs sms_werbung smsen smse werbe_nachrichten ' +
      'spam_sms spamnachrichten rundmails rundschreiben infomails infosms info_sms newsletters rabattaktionen werbeaktionen promos promotion promo ' +
      'hinweise erinnerungen kurznachrichten textnachrichten textnachricht botschaften push_nachrichten zusendung zusendungen werbesendungen reklame ' +
      'post mull muell dreck schrott zeug scheisse scheisserei kontaktaufnahmen kontakt einwilligung zustimmung einverstandnis erlaubnis genehmigung ' +
      'abo abonnement anmeldung newsletter_abo whatsapps meldungen werbezwecke werbezwecken marketing',
    who:
      'mir mich uns meine_nummer meiner_nummer diese_nummer dieser_nummer an_mich liste der_liste ihrer_liste eurer_liste dem_verteiler verteiler ' +
      'ihrem_verteiler eurem_verteiler meine_daten ihrer_datenbank nummer handynummer daten von_der_liste ihrer_kartei kartei handy ' +
      'meine_handynummer meine_telefonnummer meine_tel_nr meine_nr dieser_nr diese_nr meine_rufnummer rufnummer telefonnummer euer_verteiler ' +
      'ihr_verteiler euren_verteiler eure_liste ihre_liste ihren_listen euren_listen listen verteilerliste adressliste kundenliste system ' +
      'eurem_system ihrem_system datenbank eurer_datenbank kundendatei datei kontakte euren_kontakten ihren_kontakten kontaktliste adressbuch ' +
      'meine_kontaktdaten kontaktdaten personliche_daten personlichen_daten personenbezogenen_daten meinen_namen namen meine_mobilnummer mobilnummer ' +
      'mein_konto meinen_account den_verteiler nr',
    ask:
      'konnen_sie konnt_ihr kannst_du konnten_sie konntet_ihr wurden_sie wurdet_ihr konntest_du kannst_du_bitte konnen_wir ware_es_moglich ' +
      'ist_es_moglich wurden_sie_bitte ich_bitte_sie ich_bitte_euch bitte_ich ich_fordere_sie_auf fordere sie_sollen ihr_sollt ich_mochte_sie_bitten ' +
      'mochte_sie_bitten mochte_bitten wollt_ihr konntet',
    joined:
      'angemeldet eingetragen registriert abonniert bestellt gegeben zugestimmt eingewilligt erlaubt gefragt gewunscht angefordert verlangt kunde ' +
      'kundin gekauft kenne mitgeteilt erteilt',
    beside:
      'firma laden geschaft unternehmen umgezogen verzogen teuer anwalt anzeige anzeigen dsgvo datenschutz belastigend frechheit unverschamt illegal ' +
      'verbraucherzentrale abmahnung beschwerde',
    block: 'warum wann wenn ob noch hab habe wieso',
    soft: 'zu_viele_nachrichten zu_viele_sms zu_oft mir_reichts mir_reicht_es es_reicht ich_habe_genug ich_hab_genug verpisst_euch haut_ab',
    fill:
      'bitte danke dankeschon mehr mir ich sie ihr von vom euch ihnen ihre eure diese dieser diesen dieses und jetzt sofort endlich hiermit weitere ' +
      'weiteren weiterhin zu an auf hallo guten tag die der das den dem mit aus meiner meine euren so mal wieder kunftig zukunftig ihren alle allen ' +
      'auch damit zum zur gerne erneut verdammt verdammten standigen lg mfg ja ok lassen lasst lass umgehend unverzuglich mochten mochte_ich immer ' +
      'staendig standig nochmal einfach dass so_viele generell bloss wirklich verschicken hier es ist reicht genug gefalligst bin habe_genug leute ' +
      'verdammte keinerlei_weitere mit_freundlichen grussen freundlichen zukunft sehr geehrte geehrter damen und_herren herren herr frau bittschon ' +
      'biddee bite bitteee plz pls pls_keine thx danke_im_voraus voraus im_voraus schonen_tag schonen abend noch_einen wunsch meines_wunsches ' +
      'mehr_von derartige derartigen solche solchen solcher solch unerwunschte unerwunschten lastige lastigen nervige nervigen blode bloden doofe ' +
      'doofen verfluchte scheiss sinnlose unnotige irgendwelche irgendwas jegliche jeglichen samtliche jede jeden jedes ganze ganzen etwas was ' +
      'ueberhaupt uberhaupt gar garnix nochmals wiederholt letzte letztes mahnung aufforderung schon_mehrfach mehrfach mehrmals bereits ' +
      'bereits_gesagt gesagt sofortige sofortiger wirkung umgehende unverzugliche fur ab_sofort ab_jetzt ab_heute ab_dato in_zukunft fortan ' +
      'dauerhaft endgultig komplett vollstandig ganz mein unserer unsere unseren eurer euerer euer ihrer ihr_seid seid du dich dir sich man wir ' +
      'uns_bitte dann doch also halt eben mann alter digga ey boah verdammt_noch_mal noch_mal himmel herrgott arsch arschlocher idioten spinner ' +
      'penner euch_nicht von_euch von_ihnen per uber via bzgl bezuglich hier_bitte leute_bitte wurde werde werden wird ware sein hatte gern ' +
      'ungewollte ungefragt unaufgefordert unaufgeforderte privat hab_ich hab_ich_nicht freundliche',
    manners: 'bitte danke hallo guten tag dankeschon vielen dank servus moin lg mfg gruss grusse',
  },
  {
    language: 'nl',
    leave:
      'afmelden afmelding uitschrijven schrijf_me_uit schrijf_mij_uit meld_me_af meld_mij_af haal_me haal_mij verwijder_me verwijder_mij ' +
      'verwijder_mijn laat_me_met_rust laat_mij_met_rust opzeggen afmeld afgemeld meld_ons_af schrijf_ons_uit uitgeschreven meld_mijn weg_ermee ' +
      'schrijf_mij_af meld_mij_uit uitschrijven_aub mij_afmelden me_afmelden mij_uitschrijven me_uitschrijven afmelden_aub meld_mij_nu_af ' +
      'afgemeld_worden uitgeschreven_worden haal_mijn_nummer verwijder_mijn_nummer wis_mijn_nummer gooi_me_eruit haal_ons laat_ons_met_rust ' +
      'laat_me_alleen met_rust_laten met_rust_gelaten vergeet_mijn_nummer intrekken trek_mijn_toestemming_in ik_trek_mijn_toestemming_in bezwaar ' +
      'afmelde uitschrijving uitschrijvingen schrijf_je_me_uit deabonneren opzeggen_aub mij_van_de_lijst me_van_de_lijst niet_storen',
    cancel:
      'gehaald haal_me verwijder verwijderen annuleren annuleer wis wissen haal schrap schrappen halen haalt schrijf schrijven uit af gooi verwijdert verwijdering ' +
      'wist schrapt annuleert annulering beeindigen beeindigd stopzetten opheffen opzegging intrekken trek_in intrek haal_eraf eraf eruit gooien ' +
      'zeg_op blokkeer blokkeren wegdoen weghalen deactiveer deactiveren uitzetten zet_uit ontabonneer met_rust',
    end:
      'stop stopt stopp stoppen hou_op houd_op hou_eens_op ophouden kap_met kappen kappen_met genoeg_van klaar_met staak staken beeindig weg_met ' +
      'hou_eens_op_met hou_op_met houd_op_met ophouden_met stoppen_met stop_met stopzetten staakt gestopt uitscheiden schei_uit schei_uit_met ' +
      'moe_van beu genoeg kappen_nu kap basta eindig stopt_met',
    not: 'niet nooit niks nie niets nimmer nooit_meer',
    none: 'geen gene gn geeneen nul zonder',
    send:
      'stuur sturen stuurt schrijf schrijven app appen sms smsen contacteer contacteren benaderen benader bel bellen berichten mail mailen ' +
      'lastigvallen lastig_vallen lastig te_sturen verstuur versturen toesturen spammen spam lastig_te_vallen mailt belt appt sms_en smst smsn ' +
      'whatsappen bellen_of contact_opnemen contact_op contact neem_contact_op benadert benaderd benaderen_voor lastigvalt lastig_gevallen ' +
      'lastiggevallen spamt stuur_me opbellen opsturen bestoken bestook storen stoor zenden zend verzenden zendt berichten_sturen te_schrijven ' +
      'te_appen te_bellen te_mailen te_smsen te_spammen bericht_me pesten versturen_van belaag mij_sturen',
    want: 'wil wens willen wens_ik zou_graag wilt wilde hoef hoeft hoeven wensen zou_willen wl behoefte behoefte_aan zit_te_wachten_op',
    receive:
      'ontvangen krijgen hebben ontvang krijg te_ontvangen te_krijgen hebben_van ontvangst horen te_horen zien benaderd_worden gebeld_worden ' +
      'lastiggevallen_worden',
    dontWant:
      'geen_interesse niet_geinteresseerd niet_meer_geinteresseerd niet_geintereseerd niet_geintresseerd ben_niet_geinteresseerd niet_interessant ' +
      'interesseert_me_niet interesseert_mij_niet boeit_me_niet geen_interesse_in geen_belangstelling geen_behoefte geen_behoefte_aan hoef_niet ' +
      'hoef_ik_niet geen_zin geen_zin_in geen_zin_meer_in',
    noun:
      'bericht berichten sms smsjes sms_jes berichtjes reclame aanbieding aanbiedingen spam mail mails notificaties meldingen appjes nieuwsbrief ' +
      'promoties advertenties abonnement smsen reclames reclameberichten berichten_meer sms_berichten smsberichten msg msgs appje berichtje ' +
      'notificatie melding updates update nieuwsbrieven promo promos promotie advertentie spamberichten rommel troep shit zooi onzin reclame_sms ' +
      'toestemming inschrijving abonnementen marketing telefoontjes herinneringen kortingsacties pushberichten aanbieding_sms mailing mailings ' +
      'reklame tekstberichten',
    who:
      'me mij ons mijn_nummer dit_nummer van_de_lijst lijst deze_lijst jullie_lijst uw_lijst mijn_gegevens jullie_bestand uw_bestand bestand nummer ' +
      'telefoonnummer mijn_telefoonnummer adressenbestand mn_nummer m_n_nummer mn_nr mijn_nr dit_nr mijn_mobiel mobiel mobiele_nummer mijn_naam naam ' +
      'lijsten lijstje jullie_lijsten uw_lijsten jullie_systeem uw_systeem systeem database jullie_database uw_database gegevens persoonsgegevens ' +
      'contacten jullie_contacten contactlijst contactenlijst adreslijst maillijst verzendlijst mailinglijst klantenbestand adresboek mn mijn ' +
      'ons_nummer account',
    ask:
      'kunnen_jullie kunt_u kan_je wilt_u willen_jullie wil_je zou_u kun_je kan_u kunnen_we zouden_jullie zou_je willen_jullie_aub zou_ik wil_u ' +
      'ik_verzoek_u verzoek verzoek_u ik_vraag ik_wil_dat ik_eis eis is_het_mogelijk gelieve',
    joined:
      'aangemeld ingeschreven geabonneerd geregistreerd opgegeven toestemming_gegeven gegeven gevraagd_om besteld klant akkoord_gegaan toegestemd ' +
      'gekocht ken',
    beside: 'winkel bedrijf zaak firma dienst verhuisd duur avg privacy aangifte acm klacht illegaal',
    block: 'waarom wanneer als nog heb',
    soft: 'te_veel_berichten te_veel_sms sodemieter_op rot_op donder_op',
    fill:
      'meer ik jullie u je uw van de het een die deze dit aub alstublieft alsjeblieft graag bedankt dank dankjewel hallo goedemiddag goedendag met ' +
      'en nu direct per_direct ajb svp a b op uit tot aan mij_voor zulke al ok verdomme onmiddellijk verdere hiermee te over al_die altijd elke_keer ' +
      'nou eens laat_maar zo graag_gedaan per dank_je wel vriendelijk verzoek dus hier steeds geachte heer mevrouw mevr beste dames heren ' +
      'heer_mevrouw alvast groetjes mvg vr_gr vriendelijke alsjeblief alstublief asjeblieft asjeblief aub_nu pls plz please thx dankuwel dank_u ' +
      'dank_u_wel hartelijk nog hoor joh man jongens gast godverdomme gvd kut verdorie tering klote stomme irritante vervelende ongevraagde ' +
      'ongewenste ongewenst verder wat iets niemand enkele dergelijke zulk soort dat daar jou jouw jullie_ze ze zij hun wij we worden word wordt ben ' +
      'is zijn gaan wederom nogmaals alweer herhaaldelijk toekomst in_de_toekomst voortaan vanaf per_omgaande omgaande spoedig snel zsm ' +
      'zo_snel_mogelijk mogelijk onmiddelijk helemaal definitief permanent voorgoed eindelijk gewoon echt serieus graag_zo om of via tegen onder bij ' +
      'alle iedere dag promotionele commerciele dagelijkse constante keer laatste tweede derde keer_op_keer gezegd gevraagd al_gezegd al_gevraagd ' +
      'laat laten toch',
    manners: 'aub alstublieft alsjeblieft bedankt dank dankjewel hallo svp graag ajb groet groetjes',
  },
  {
    language: 'sv',
    leave:
      'avregistrera avregistrera_mig avsluta_prenumeration avprenumerera ta_bort_mig ta_bort_mitt lamna_mig_ifred lamna_mig_i_fred avanmala avanmal ' +
      'avanmala_mig avanmalan stryk_mig sag_upp avsluta_min_prenumeration sluta_stora_mig ta_bort_mina radera_mitt_nummer stoppa_sms ta_bort_numret ' +
      'radera_mig lamna_oss_ifred avregistrera_numret stoppa_utskick avsluta_prenumerationen avsluta_mitt_abonnemang avsluta_sms avsluta_alla ' +
      'avprenumerera_mig avprenumeration avregistrering avregistreras avanmal_mig avanmalan_fran avanmalas anmal_av_mig ta_bort_mej ta_bort_oss ' +
      'ta_bort_mitt_nummer ta_bort_nummret ta_bort_nr ta_bort_mitt_nr plocka_bort_mig plocka_bort_mitt_nummer stryk_mitt_nummer radera_mej ' +
      'radera_mitt_nr radera_numret radera_mina lamna_mej_ifred lamna_mej_i_fred lat_mig_vara lat_mig_vara_ifred lat_mig_vara_i_fred lat_mej_vara ' +
      'lat_oss_vara glom_mitt_nummer glom_mig blocka_mig jag_aterkallar_mitt_samtycke aterkallar aterkalla_mitt_samtycke dra_tillbaka_mitt_samtycke ' +
      'drar_tillbaka_mitt_samtycke samtycker_inte samtycker_ej motsatter_mig jag_motsatter_mig ga_ur gar_ur vill_av_listan av_listan ' +
      'bort_fran_listan bort_med_mig slipp_mig slippa vill_slippa slippa_fa',
    cancel:
      'avsluta avbryt ta_bort radera avboka stryk ifred i_fred avslutar avslutas plocka_bort plocka_ner raderas raderar stryka stryker bort ' +
      'avregistrera avregistrerar makulera avbestall avbestalla avbestaller avbryta annullera upphav stang_av stanga_av stang slang aterkalla ' +
      'aterkallar aterta dra_tillbaka drar_tillbaka blockera blocka sparra bocka_av koppla_bort rensa avaktivera inaktivera saga_upp sager_upp',
    end:
      'stop stopp stoppa sluta upphor lagg_av nog_med sluta_med upphora stopp_med stoppar stoppas slutar sluta_att sluta_att_skicka upphor_med ' +
      'upphora_med lagga_av lagg_av_med lagga_av_med skippa skit_i kapa nog_nu trott_pa less_pa trott_pa_att less_pa_att orkar_inte_med hall_op ' +
      'sluta_genast avsta avsta_fran fa_stopp_pa stoppen ge_er pausa bort_med nu_racker_det det_racker det_racker_nu racker',
    not: 'inte aldrig ej ikke icke inge alldrig',
    none: 'inga ingen inget inge inga_fler inga_mer noll inget_mer inga_jakla nej_till',
    send:
      'skicka skickar skriva skriv smsa sms_a messa kontakta kontaktar ringa ring stora spamma meddela maila att_skicka skickat smsa_mig stor tjata ' +
      'spamma_mig bombardera skicka_mig skicka_mej skriva_till skriver skriv_till sms_ar smsar smsas messa_mig messar hora_av hor_av kontakta_mig ' +
      'kontaktas kontakta_mej ringer ring_mig stor_mig stora_mig stora_oss storande tjata_pa tjatar tjat besvara besvar besvara_mig spamma_ner ' +
      'spammar spamma_mej maila_mig mejla mejlar bombar bomba bombarderar trakassera trakasserar utsatt plaga terrorisera hora_av_er hor_av_er ' +
      'bry_mig ta_kontakt skickandet utskickande skickande informera meddela_mig bli_kontaktad',
    want: 'vill onskar vill_ha ville skulle_vilja onska onskade orkar pallar behover behov intresserad_av vill_langre_ha tacka_ja begar',
    receive:
      'fa ha ta_emot fa_fler fa_era mottaga motta emot fa_mer fa_nagra ha_era ha_fler ha_nagra vara_med se hora bli_stord fa_hem ta_emot_era erhalla ' +
      'far fick',
    dontWant:
      'inte_intresserad ingen_lust ingen_lust_med ej_intresserad inte_langre_intresserad ointresserad inget_intresse ar_inte_intresserad ' +
      'inte_intresserade inte_intresserad_av intresserar_mig_inte orkar_inte_me orkar_inte_med orkar_inte behover_inte tackar_nej vill_inte_ha ' +
      'vill_inte_ha_mer vill_ej_ha',
    noun:
      'meddelande meddelanden sms smsen reklam erbjudande erbjudanden spam mejl mail notiser utskick mess reklamsms smset sms_reklam utskicken ' +
      'marknadsforing prenumerationen prenumeration meddelandet meddelandena meddelandene sms_en sms_et smsn smsar smsens smsmeddelanden smsutskick ' +
      'smsreklam reklamen reklamutskick reklammeddelanden massutskick utskicket nyhetsbrev nyhetsbrevet nyhetsbreven kampanjer kampanj kampanjen ' +
      'erbjudandena erbjudandet promotion promotions deals skrap skit dynga spammet notis avisering aviseringar paminnelser annonser annons samtycke ' +
      'samtycket medgivande tillstand prenumerationer prenumerationerna abonnemang abonnemanget textmeddelanden mejlen mailen mailutskick epost ' +
      'kontakt info information samtal marknadsforings smsprenumeration smslista',
    who:
      'mig oss mitt_nummer detta_nummer fran_listan listan er_lista lista mina_uppgifter mobil till_mig numret nummer mej mitt_nr nr numer ' +
      'telefonnummer mitt_telefonnummer mitt_mobilnummer mobilnummer mobilen min_mobil telefonen min_telefon min_nummer det_har_numret detta_nr ' +
      'denna_mobil er_databas databasen databas registret register ert_register kundregister kundregistret er_sandlista sandlista sandlistan ' +
      'era_listor listor listorna maillista epostlista kontaktlista kontakter era_kontakter systemet ert_system system uppgifter personuppgifter ' +
      'mina_personuppgifter uppgifterna mitt_namn namn mitt_konto konto sms_listan sms_lista kontaktlistan utskickslistan utskickslista',
    ask:
      'kan_ni kan_du skulle_ni snalla vanligen kan_du_snalla kan_ni_snalla skulle_du kan_man gar_det_att kunde_ni skulle_ni_kunna skulle_du_kunna ' +
      'ni_far ber_er jag_ber_er jag_ber jag_kraver kraver vanligen_att jag_vill_att var_snall var_snalla vill_ni',
    joined:
      'anmalt anmalde anmald registrerat registrerad prenumererat prenumererar godkant godkande samtyckt bett_om begart beställt bestallt ' +
      'skrivit_upp skrivit gett gett_er gett_mitt gav gav_mitt tackat_ja kund kopt kanner medlem efterfragat',
    beside:
      'butik butiken foretag foretaget foretagen flyttat dyrt dyra olagligt gdpr polisanmaler polisanmala anmaler konsumentverket klagar ' +
      'integritetsskydd firma firman',
    block: 'varfor nar om har',
    soft: 'for_manga_sms for_manga_meddelanden dra_at_helvete stick_och_brinn far_at_helvete',
    fill:
      'fler mer jag ni du er era dessa till fran tack snalla vanligen hej och nu genast omedelbart att med langre detta den de din dina mera hela ' +
      'tiden ok for igen ens nagonsin igen_tack min sms_ar gang prenumerera lamna lat hejsan halla hej_hej hallo tjena basta bast vanliga vanligaste ' +
      'halsning med_vanlig tackar tackk tack_pa_forhand forhand pa_forhand pa tusen tusen_tack mvh pls plz please for_fan fan for_helvete helvete ' +
      'jakla javla djavla jävla jävlar forbannade forbannat skitsamma herregud gud ledsen less trott era_javla tjatiga irriterande jobbiga storande ' +
      'odnskade oonskad oonskade oonskat onodiga onodig reklam kommersiella tack_nu jatte valdigt verkligen faktiskt seriost allvarligt bara helt ' +
      'helst garna omgaende snarast sa_fort mojligt fort meddetsamma pa_en_gang direkt permanent for_alltid alltid framover framtiden i_framtiden ' +
      'i_fortsattningen fortsattningen hadanefter framledes aterigen flera nagon nagot nagra nan nat sadana sadan sadant saana sant dylika dylikt ' +
      'skickade sista andra tredje forra varning jag_har_sagt sagt bett upprepade ganger standigt standiga konstant dagligen varje dag dom dem ' +
      'det_har de_har denna dar vi oss ert erat alla all allt samtliga ar aro vara blir bli bliva vill_ha skall ska kan redan nog ju val ta ned ner ' +
      'fran_er av om via pa_sms per som sig sin sina sitt annat annan mitt tider',
    manners: 'tack snalla vanligen hej mvh halsningar',
  },
  {
    language: 'da',
    leave:
      'afmeld afmelde afmelding afmeld_mig frameld frameld_mig framelding slet_mig fjern_mig slet_mit_nummer fjern_mit lad_mig_vaere ' +
      'lad_mig_vaere_i_fred opsig afmeldes slet_mit meld_mig_fra meld_mig_ud slet_mine meld_fra stop_sms slet_nummeret lad_mig_vaere_ifred ' +
      'afmeld_nummer lad_mig_i_fred fjern_nummeret afmeld_mig_fra afmeldt afmelding_af afmeld_mit_nummer afmeld_dette afmeld_sms afmelder ' +
      'afmelde_mig afmelde_mig_fra blive_afmeldt framelde framelde_mig frameldes meldes_af meld_mig_af meld_mig_af_jeres slet_mig_fra slet_mit_nr ' +
      'slet_min slet_nr slet_nummer fjern_nr fjern_nummer fjern_mit_nr fjern_mit_nummer fjern_mig_fra fjern_min tag_mig_af tag_mig_vaek tag_mig_ud ' +
      'fjern_os lad_os_vaere lad_mig_nu_vaere lad_mig_vaere_nu glem_mit_nummer glem_mig opsiger opsige_mit opsig_mit traekker_mit_samtykke ' +
      'traekker_samtykke traekker_mit_samtykke_tilbage jeg_traekker_mit_samtykke_tilbage traekke_mit_samtykke_tilbage tilbagekalder_mit_samtykke ' +
      'tilbagekald samtykker_ikke giver_ikke_samtykke gor_indsigelse vil_slettes slettes fjernes vil_fjernes bloker_mig slip_for vil_gerne_slippe ' +
      'slippe_for af_listen blive_slettet vaere_slettet blive_fjernet',
    cancel:
      'annuller slet fjern opsige afslut i_fred annullere annullerer slette sletter slettes fjerne fjerner fjernes ud opsiger afslutte afslutter ' +
      'afbestil afbestille afbryd tag_af stryg bloker blokere blokér luk lukke slå_fra sla_fra slaa_fra deaktiver deaktivere tilbage traekker ' +
      'traek_tilbage traekke_tilbage traekker_tilbage vaek af framelde framelder udmeld udmelde',
    end:
      'stop stopp stands hold_op ophor stop_med hold_op_med nok_med stoppe stoppe_med stopper stop_nu stoppes hold_nu_op hold_nu_op_med hold_dog_op ' +
      'holde_op holde_op_med ophore ophore_med indstil indstille afhold nok_nu faet_nok faet_nok_af traet_af traet_af_at trat_af lad_vaere_med ' +
      'lad_vaere_med_at lad_vare_med lade_vaere_med undlad undlade standse slut_med slutte pause klap_i saet_en_stopper',
    not: 'ikke aldrig ik ikk aldrig_mere ej',
    none: 'ingen intet inge ikke_flere ikke_mere ingen_flere nul nej_til intet_mere',
    send:
      'smse send sende skriv skrive sms kontakt kontakte ring ringe forstyr sms_e spamme at_sende at_skrive skriver spam genere plage sender sende_mig ' +
      'sende_mere send_mig sende_til skriver_til skrive_til skriv_til skrive_mere smse smses sms_er_mig beskede kontakt_mig kontakte_mig kontaktes ' +
      'kontaktet ringes ring_til ringe_til forstyrre forstyrre_mig forstyrrer genere_mig generer plager plag spam_mig spammer spamme_mig maile ' +
      'mail_mig chikanere chikaner bombarder bombardere tage_kontakt kontakte_os at_smse at_ringe at_kontakte at_spamme at_plage at_genere at_maile ' +
      'henvende henvend udsende udsend fremsende fremsend fremsendelse udsendelse',
    want: 'vil onsker vil_have onske onskes gider orker behov behov_for vil_gerne vil_vaere nodvendigt behover interesseret_i vil_modtage',
    receive:
      'modtage have fa modtager modtages faa fa_flere have_flere have_jeres hore se blive_kontaktet blive_ringet vaere_pa vaere_med fa_sms hore_fra ' +
      'vaere_tilmeldt faa_flere ha far fik',
    dontWant:
      'ikke_interesseret ingen_lust ingen_lust_til er_ikke_interesseret ikke_interesserede ikke_laengere_interesseret ikke_interreseret ' +
      'ikke_intereseret uinteresseret interesserer_mig_ikke ingen_interesse har_ingen_interesse gider_ikke gidder_ikke gider_ik nej_tak_til ' +
      'takker_nej ikke_brug_for har_ikke_brug_for vil_ikke_have vil_ikke_ha',
    noun:
      'besked beskeder sms sms_er smser reklame reklamer tilbud spam mail mails nyhedsbrev beskederne annoncer markedsforing beskeder_mere ' +
      'sms_beskeder smsen sms_en sms_s sms_erne smserne smsere smsbeskeder smsreklamer reklamebeskeder reklamesms reklamesmser tekstbeskeder ' +
      'tekstbesked bskd beskedder meddelelse meddelelser nyhedsbreve nyhedsbrevet nyhedsmail kampagner kampagne tilbuddene tilbudene notifikationer ' +
      'notifikation notifikationerne promotions promo udsendelser udsendelse udsendelserne henvendelser henvendelse info information informationer ' +
      'reklamerne reklamen spammet skrald lort bras samtykke samtykket tilladelse tilmelding tilmeldingen abonnement abonnementet markedsforings ' +
      'mailen emails opkald kontakt pamindelser opdateringer servicebeskeder',
    who:
      'mig os mit_nummer dette_nummer fra_listen listen jeres_liste liste mine_oplysninger til_mig nummer databasen mej mit_nr nr nummeret ' +
      'mit_telefonnummer telefonnummer tlf mit_tlf mit_mobilnummer mobilnummer mobil min_mobil min_telefon telefon denne_telefon dette_nr ' +
      'jeres_database database jeres_system systemet system jeres_lister lister listerne maillingliste mailingliste sms_liste sms_listen smslisten ' +
      'mailliste kundekartotek kartotek kundeliste kontakter jeres_kontakter kontaktliste register registret oplysninger mine_data data ' +
      'personoplysninger personlige mit_navn navn min_konto konto mine_kontaktoplysninger kontaktoplysninger smsliste fortegnelse',
    ask:
      'kan_i kan_du vil_i vil_du gider_i kan_du_ikke kan_i_ikke kunne_i kunne_du ville_i vil_i_vaere_sode vil_i_vaere_sod vaer_venlig_at ' +
      'vaer_venlige_at vaer_sod_at vaer_sode_at vaer_venlig vaer_sod jeg_vil_bede jeg_beder beder_jer jeg_kraever kraever er_det_muligt ma_jeg_bede ' +
      'jeg_vil_gerne_have jeg_onsker_at jeg_vil_have',
    joined:
      'tilmeldt tilmeldte tilmeldte_mig meldt meldt_mig_til registreret abonneret accepteret godkendt samtykket givet givet_samtykke givet_lov ' +
      'givet_jer bedt_om bestilt skrevet_mig_op skrevet_op kunde kobt kender anmodet',
    beside:
      'butik butikken firma firmaet virksomhed flyttet dyrt ulovligt gdpr datatilsynet forbrugerombudsmanden anmelder politi klager klage',
    block: 'hvorfor hvornar hvis har slettede slettet',
    soft: 'for_mange_beskeder skrid skrub_af rend_mig',
    fill:
      'flere mere jeg i du jer jeres fra til tak venligst hej og nu straks at med disse den det de din dine vil_i laengere gerne ok igen for ' +
      'venligst_at straks_at mit gang nogensinde lad lade ma hejsa hej_med dav halløj goddag kaere med_venlig hilsen venlig mange tusind tak_for ' +
      'pa_forhand forhand pa_forhånd pa takker thx pls plz please tak_nu for_fanden fanden sgu kraftedeme satans pokkers helvede for_helvede gud ' +
      'fucking idiotiske irriterende traelse traels belastende uonskede uonsket ubudne unodvendige reklame kommercielle lige virkelig seriost ' +
      'simpelthen bare helt hurtigst muligt hurtigst_muligt hurtigt med_det_samme samme omgaende ojeblikkeligt permanent altid for_altid fremover ' +
      'fremtiden i_fremtiden endnu endnu_en endelig overhovedet nogen noget nogle saadan sadan sadanne den_slags slags mere_af ham alle all alt ' +
      'samtlige hver dag dagligt konstant hele_tiden hele tiden tredje anden sidste advarsel sagt bedt har_sagt flere_gange vi os de_her de_der dem ' +
      'her der dit er vaere bliver blive blevet have vil skal bor kan allerede jo da altsa om via pa_sms som per til_mig mig min mine af sa saa a ak ' +
      'fred i_fred ogsa eller',
    manners: 'tak venligst hej mvh hilsen',
  },
  {
    language: 'no',
    leave:
      'avmeld meld_meg_av meld_av avmelding avregistrer stryk_meg slett_meg fjern_meg la_meg_vaere la_meg_vaere_i_fred avslutt_abonnement si_opp ' +
      'slett_mitt fjern_mitt slett_mine ta_meg_bort stopp_sms slett_nummeret la_meg_i_fred meld_av_nummeret fjern_nummeret avmeld_meg ' +
      'la_meg_vaere_ifred meld_meg_av_deres meld_av_meg melde_meg_av melde_av melde_meg_ut meld_meg_ut avmelde avmeldes avmelder avmeld_meg_fra ' +
      'avmelding_fra avmeldt bli_avmeldt si_opp_abonnementet sier_opp avregistrere avregistrere_meg avregistrer_meg slett_meg_fra slett_mitt_nummer ' +
      'slett_nummeret_mitt slett_nr slett_nr_mitt slett_nummer fjern_meg_fra fjern_mitt_nummer fjern_nummeret_mitt fjern_nr fjern_nr_mitt ' +
      'fjern_nummer ta_meg_av ta_meg_ut ta_bort_meg ta_bort_nummeret stryk_nummeret stryk_mitt la_meg_fa_fred la_oss_vaere la_oss_vaere_i_fred ' +
      'la_meg_fa_vaere_i_fred glem_nummeret_mitt glem_meg glem_mitt_nummer trekker_samtykket trekker_tilbake_samtykket trekke_tilbake_samtykke ' +
      'trekker_tilbake_samtykke trekker_samtykke trekker_mitt_samtykke trekker_tilbake_mitt_samtykke jeg_trekker_tilbake samtykker_ikke ' +
      'gir_ikke_samtykke motsetter_meg protesterer vil_slettes slettes fjernes blokker_meg slippe_a vil_slippe av_listen av_lista bli_slettet ' +
      'bli_fjernet ut_av_listen bort_fra_listen',
    cancel:
      'avslutt avbestill slett fjern kanseller i_fred avslutte avslutter slette sletter slettes fjerne fjerner fjernes avbestille avbryt avbryte ' +
      'kansellere kansellerer kutt stryk stryke si_opp bort av ut blokker blokkere skru_av sla_av deaktiver deaktivere trekk trekke trekk_tilbake ' +
      'trekke_tilbake trekker trekker_tilbake tilbake tilbakekall annuller annullere meld_av legg_ned',
    end:
      'stop stopp stans slutt slutt_a slutt_med kutt_ut opphor nok_med hold_opp stoppe stoppe_med stopper stanse stanser slutte slutte_med slutte_a ' +
      'slutter slutt_nå slutt_na slutt_og kutte_ut kutt_ut_a hold_opp_med hold_opp_a holde_opp hold_kjeft opphore opphor_med gi_dere gi_deg ' +
      'gi_dere_med nok_na fatt_nok fatt_nok_av lei_av lei_av_a drittlei drittlei_av trott_av la_vaere_a la_vaer_a la_vaer la_vaere_med unnga pause ' +
      'sett_stopp ferdig_med stopp_a avstå avsta',
    not: 'ikke aldri ikkje ikkj aldri_mer ik itj',
    none: 'ingen inga inge ikke_flere ikke_mer ingen_flere null nei_til ingenting ingen_fler ingen_mer',
    send:
      'send sende skriv skrive kontakt kontakte ring ringe forstyrr mase sms spamme a_sende plag plage mas sender sende_meg sende_mer send_meg ' +
      'sende_til send_til skrive_til skriv_til skriver_til smse tekste kontakt_meg kontakte_meg kontaktes ringer ring_meg ringe_meg forstyrre ' +
      'forstyrre_meg plage_meg plager plag_meg mase_pa mas_pa mas_mer spam spam_meg spamme_meg spammer maile mail_meg epost trakassere trakasser ' +
      'bombardere bry bry_meg ta_kontakt henvende henvend_dere a_smse a_ringe a_kontakte a_spamme a_plage a_mase a_skrive a_forstyrre utsendelse ' +
      'sending sendingen',
    want: 'vil onsker vil_ha onske gidder orker behov trenger behover vil_gjerne_ha skal_ha vil_motta interessert_i onsker_a',
    receive:
      'motta ha fa mottar fa_flere fa_noen ha_flere ha_noen hore se bli_kontaktet bli_ringt sta_pa fa_sms hore_fra vaere_med fa_mer ha_mer ta_imot ' +
      'far fikk',
    dontWant:
      'ikke_interessert ingen_lyst ingen_lyst_pa er_ikke_interessert ikke_interesserte ikke_lenger_interessert ikke_interressert ikke_intressert ' +
      'uinteressert interesserer_meg_ikke ingen_interesse har_ingen_interesse gidder_ikke orker_ikke trenger_ikke takker_nei ikkje_interessert',
    noun:
      'melding meldinger sms smser reklame tilbud spam mail epost meldingene annonser nyhetsbrev tekstmeldinger reklamer smsen sms_en sms_er smsene ' +
      'sms_ene smsmeldinger sms_meldinger smsreklame reklamen reklamesms reklamemeldinger meldingen tekstmelding tekstmeldingene mldinger mld ' +
      'medlinger nyhetsbrevet nyhetsbrevene kampanjer kampanje tilbudene tilbudet notifikasjoner varsler varsel varslene promo promotering ' +
      'utsendelser utsendelse utsendelsene utsending henvendelser henvendelse info informasjon spammen drit dritt soppel markedsforing ' +
      'markedsforingen markedsforings samtykke samtykket tillatelse pamelding abonnement abonnementet eposter mailer mailene e_post anrop kontakt ' +
      'paminnelser reklamene',
    who:
      'meg oss mitt_nummer dette_nummer nummeret_mitt fra_listen fra_lista listen lista listen_deres nummer nummeret systemet databasen mej nr ' +
      'nr_mitt mitt_nr mitt_telefonnummer telefonnummeret_mitt telefonnummer telefonnummeret tlf mobilnummeret mobilnummer mobil mobilen telefonen ' +
      'telefonen_min mobilen_min dette_nr database databasen_deres deres_database system systemet_deres deres_system listene listene_deres lister ' +
      'deres_liste lista_deres kundelisten kundeliste kunderegister register registeret registrene kontakter kontaktene kontaktliste kontaktlisten ' +
      'epostliste sms_listen sms_lista smslista opplysninger opplysningene data dataene mine_data personopplysninger navnet_mitt mitt_navn kontoen ' +
      'min_konto kontaktinfo',
    ask:
      'kan_dere kan_du vil_dere kan_dere_ikke kan_du_ikke kunne_dere kunne_du ville_dere vaer_sa_snill_a vaer_sa_snill_og vaer_snill vaer_snill_og ' +
      'vaer_sa_snille er_det_mulig ber_dere jeg_ber jeg_ber_dere ber_om ber_om_a jeg_krever krever kan_jeg jeg_vil_at onsker_at vil_be',
    joined:
      'meldt_meg_pa meldt meldt_pa pameldt registrert abonnert godtatt akseptert samtykket gitt gitt_samtykke gitt_dere bedt_om bestilt ' +
      'skrevet_meg_opp kunde kjopt kjenner etterspurt',
    beside:
      'butikk butikken firma firmaet bedrift selskap selskapet flyttet dyrt ulovlig gdpr datatilsynet forbrukertilsynet anmelder politi klager klage',
    block: 'hvorfor nar hvis har slettet fjernet',
    soft: 'for_mange_meldinger dra_til_helvete drit_og_dra stikk slippe',
    fill:
      'flere mer jeg dere du deres fra til takk vennligst hei og na straks a med disse den det de lenger vaer sa snill ok for igjen gang noensinne ' +
      'min mine alle mitt la ma heisann hallo god dag kjaere med_vennlig hilsen vennlig mange tusen pa_forhand pa forhand takker thx pls plz please ' +
      'faen for_faen helvete for_helvete jaevla javla hersens pokker herregud idiotiske irriterende masete plagsomme plagsom teite uonskede uonsket ' +
      'unodvendige unodig kommersielle virkelig seriost rett_og_slett bare helt snarest raskt fort med_en_gang en oyeblikkelig umiddelbart permanent ' +
      'alltid for_alltid fremover framover fremtiden i_fremtiden framtida nok_en enda noen noe slike slik sant slikt den_slags mer_av all alt ' +
      'samtlige hver daglig konstant hele_tiden hele tiden tredje andre siste advarsel sagt bedt har_sagt flere_ganger vi oss disse_her de_der dem ' +
      'her der vart er vaere bli blir ha vil skal bor kan allerede jo da altsa om via pa_sms som per fred i_fred i ogsa eller slutt meg',
    manners: 'takk vennligst hei mvh hilsen vaer sa snill',
  },
  {
    language: 'fi',
    leave:
      'peruuta_tilaus peruuttakaa_tilaus poista_minut poistakaa_minut poistakaa_numeroni poista_numeroni jattakaa_minut_rauhaan jattakaa_rauhaan ' +
      'irtisano irtisanon peru_tilaus en_tilaa eroan poistakaa_minut_listalta poista_numeroni_listalta lopeta_viestit poistakaa_numero ' +
      'perukaa_tilaus perukaa peru_viestit peru_tekstiviestit haluan_perua haluaisin_perua haluan_peruuttaa haluan_erota eroan_listalta ' +
      'poistakaa_mut poista_mut poistakaa_mun poista_mun poista_mun_numero poistakaa_mun_numero poista_nro poistakaa_nro poista_numero ' +
      'poista_minun_numeroni poistakaa_minun_numeroni poistakaa_puhelinnumeroni poista_puhelinnumeroni poista_tietoni poistakaa_tietoni ' +
      'poistakaa_mut_listalta poista_mut_listalta poistaisitteko_numeroni ottakaa_minut_pois ota_minut_pois ota_mut_pois ottakaa_mut_pois ' +
      'jattakaa_mut_rauhaan jata_minut_rauhaan jata_mut_rauhaan jattakaa_meidat_rauhaan jattakaa_jo_rauhaan antakaa_olla antakaa_mun_olla anna_olla ' +
      'antakaa_minun_olla rauhaan unohtakaa_numeroni unohtakaa_minut unohtakaa_mut unohda_numeroni kiellan kiellan_markkinoinnin ' +
      'kiellän_markkinoinnin suoramarkkinointikielto markkinointikielto peruutan_suostumukseni perun_suostumukseni vedan_suostumukseni_takaisin ' +
      'en_anna_suostumusta en_suostu en_hyvaksy vastustan irtisanoudun irtisanokaa blokatkaa estakaa_numeroni alkaa_hairitko',
    cancel:
      'peruuta peruuttakaa poista poistakaa peru perua perun peruuttaa poistaa poistattehan peruutan perukaa perutaan peruttava peruutus peruutuksen ' +
      'poistan poistettava poistettaisiin poistaminen poistamaan poistaisitteko poistatteko poistamista poistetaan irtisano irtisanon irtisanoa ' +
      'irtisanokaa lopettakaa_tilaus pyyhi pyyhkikaa pois otetaan ottakaa ota_pois ottakaa_pois katkaise katkaiskaa mitatoi mitatoikaa sulje ' +
      'sulkekaa esta estakaa blokkaa blokatkaa keskeyta_tilaus kiella kieltakaa kiellan kieltaa',
    end:
      'stop seis lopeta lopettakaa lopettaa riittaa riitti lopetan lopettaisitteko lopettaisitko lopettaisit lopetatteko lopettamaan lopettakaapa ' +
      'lopetakaa lopettaka lopettamista loppu loppukoon nyt_loppu jo_riittaa riittaa_jo riittaa_nyt nyt_riittaa nyt_riitti keskeyta keskeyttakaa ' +
      'keskeyttaa pysayta pysayttakaa pysayttaa tauolle lakatkaa lakkaa lakatkaa_jo lakata kyllastynyt kyllastyin vasynyt saanut_tarpeekseni ' +
      'tarpeeksi seis_jo pistakaa_poikki poikki stoppi stoppia stopatkaa vahentakaa',
    not: 'ala alkaa en ei ala_enaa alkaa_enaa en_enaa ei_koskaan en_koskaan alka alkaapa alkaas alaka eika enka elakaa ela eikä',
    none: 'ei_enaa ei_yhtaan ei_yhtaan_enempaa ei_lisaa ei_muita nolla ei_mitaan ei_kiitos_enaa ei_enaa_yhtaan',
    send:
      'laheta lahettako lahettaa lahettaminen lahettamasta kirjoita kirjoittako soita soittako ottako_yhteytta hairitko hairitse spammatko lahettaka ' +
      'laittako laita laittamasta hairitseminen hairitsemasta tekstata lahetella lahetelko lahetelkaa lahettele lahettelya lahettelyn lahettely ' +
      'lahettamisen lahettamista lahettamisesta lahettaa_mulle lahettako_mulle lahetyksen lahetykset laheta_mulle laheta_minulle laittako_mulle ' +
      'laittaminen laittamisen laittaa laitelko laittele viestittele viestitella viestitelko viestittako viestittely tekstaile tekstailla tekstailko ' +
      'tekstaa tekstatko kirjoitella kirjoitelko kirjoittele kirjoittaa kirjoittaminen soitella soitelko soittele soittaa soittaminen ota_yhteytta ' +
      'ottaa_yhteytta ottako_enaa_yhteytta yhteydenotto yhteydenottoja yhteydenotot yhteytta hairitse_minua hairitko_minua hairitko_mua hairinta ' +
      'hairintaa hairita vaivatko vaivaa vaivata spammaa spammata spammaus spammailu spammaamista spammaaminen spammailko spammaile pommita ' +
      'pommittako pommittaminen pommitus mainosta mainostaa mainostako tyrkyta tyrkyttako tyrkyttaa ilmoittako lahestyko lahestya kiusatko kiusaa ' +
      'kontaktoi kontaktoiko pistako pista markkinoi markkinoiko markkinoida',
    want:
      'halua haluan toivo halua_enaa haluu haluta haluu_enaa haluta_enaa haluais haluaisi haluamme tahdo tahdon toivoisin kaipaa kaipaan tarvitse ' +
      'tarvii tarvitsen jaksa jaksa_enaa viitsi kiinnosta pyydan_etta haluan_etta haluaisin_etta',
    receive:
      'saada vastaanottaa saada_enaa saisi saada_teilta vastaanottamaan tulla tule tulevan nahda kuulla lukea saamaan',
    dontWant:
      'en_ole_kiinnostunut ei_kiinnosta ei_huvita en_oo_kiinnostunut en_ole_enaa_kiinnostunut en_oo_kiinnostunu en_ole_kiinnostunu ei_kiinnosta_enaa ' +
      'ei_kiinnosta_yhtaan ei_kiinnosta_tippaakaan ei_oo_kiinnostusta ei_ole_kiinnostusta en_tarvitse en_tarvii en_jaksa en_kaipaa ' +
      'ei_kiinnosta_kiitos en_halua_naita',
    noun:
      'viesti viesteja viestit viestien viestia viestejanne tekstiviesteja tekstiviestit mainos mainoksia mainokset mainontaa sms tarjouksia ' +
      'roskapostia spammia ilmoituksia markkinointia viestittely viestittelyn viestinta viesteilla tilaus tilauksen tilaukseni mainosviesteja ' +
      'mainosviestit mainosten mainosviestien teksti- tekstareita viest* viesteja_enaa viestienne tekstiviest* tekstar* tekstiviestitilaus ' +
      'tekstiviestitilauksen tekstiviestitilaukseni viestitilaus viestitilauksen viestitilaukseni mainoks* mainosviest* mainost* mainonta mainonnan ' +
      'markkinointiviest* markkinointi* markkinoinnin suoramarkkinointi suoramarkkinoinnin suoramarkkinointia uutiskirje* kampanj* tarjouks* ' +
      'tarjoust* tarjous promo* ilmoituks* roskapost* roskaa roska spammi* spamm* sms* smst smssat esemesse* esemessuja suostumu* lupa lupaa lupani ' +
      'tilauksia tilaukset tilausta tiedotte* tiedottei* paskaa sahkoposti* meilit meileja whatsapp* yhteydenottoj* naita_enaa enaa_naita',
    who:
      'minulle minut numeroni numeroon tahan_numeroon listalta listaltanne mulle mut mua mulle_enaa mun mun_numero mun_numeroon mun_nro mun_nroon ' +
      'mun_puhelimeen meille minua minuun nro nroni numero numeroani numeroa numerostani numeroni_listalta tasta_numerosta tahan_nroon ' +
      'tahan_puhelimeen puhelinnumeroni puhelinnumero puhelinnumeroon puhelimeeni puhelimeen kannykkaani listoilta listoiltanne listastanne lista ' +
      'listanne postituslistalta postituslistaltanne jakelulistalta jakelusta rekisterista rekisteristanne rekisteri tietokannasta tietokannastanne ' +
      'tietokanta jarjestelmasta jarjestelmastanne jarjestelma yhteystiedot yhteystietoni yhteystiedoista yhteystietoja kontakteista kontaktit ' +
      'kontakteistanne tietoni henkilotietoni henkilotiedot tiedot nimeni nimi tilini asiakasrekisterista asiakasrekisteri minulta multa',
    ask:
      'voisitteko voitteko voitko voisitko voisitteko_ystavallisesti voisitko_ystavallisesti voitteks voitsie voisko voisitteks voiko voisiko ' +
      'voitaisiinko olisiko_mahdollista olisitteko_ystavallisia pyydan_teita pyydan_ystavallisesti vaadin vaadin_etta toivon_etta haluan saisinko ' +
      'saanko saisiko',
    joined:
      'tilannut tilannu tilasin tilaan liittynyt liittyny rekisteroitynyt rekisteroityny ilmoittautunut antanut antanu antanut_lupaa ' +
      'antanut_suostumusta antanut_numeroani pyytanyt_naita pyytany hyvaksynyt suostunut asiakas asiakkaanne ostanut tunne',
    reason: 'miks miksi_naita_tulee miks_naita_tulee emt',
    beside:
      'kauppa kaupalta yritykselta muuttanut muutin kallis laitonta gdpr tietosuoja tietosuojavaltuutettu kuluttajaviranomainen rikosilmoitus ' +
      'ilmoitan valitan poliisi',
    block: 'miksi milloin jos poistako lopettako peruuttako perukako estako keskeyttako',
    soft: 'liikaa_viesteja painukaa_helvettiin painukaa_vittuun haistakaa_vittu haistakaa_paska suksikaa_vittuun poistukaa',
    fill:
      'enaa kiitos hei naita teidan mitaan heti nyt lisaa enempaa olkaa hyva ja tama tata minua kiitti olen ok moi haluaisin kaikki pyydan ' +
      'valittomasti tietoni numero sinun pois heti_paikalla hyvaa paivaa huomenta iltaa paivan_jatkoa jatkoa terveisin ystavallisin terv ' +
      'kunnioittaen arvoisa arvon herra rouva vastaanottaja morjens moikka moro terve hei_taas etukateen kiitos_etukateen kiitoksia kiitti_jo kiits ' +
      'kiitos_jo kts pliis pls plz please jooko jookos vittu vitun saatana saatanan perkele perkeleen helvetti helvetin jumalauta hitto hiton ' +
      'herran_tahden idiootit typerat typeria arsyttavat arsyttavia hairitsevia turhia turhat ei_toivottuja ei_toivottu nama naista naiden tallaisia ' +
      'tallaista sellaisia noita niita ne nuo se sita niiden taa tassa tanne teilta teille teita te sun sulta sulle sina mina ma ma_en mulle etta ' +
      'jotta tai seka kun jo nyt_jo enaan ennaa ikina koskaan milloinkaan yhtaan yhtään mistaan missaan muotoa ikinä uudelleen uudestaan taas ' +
      'jatkossa vastaisuudessa tulevaisuudessa tasta_lahin lahin eteenpain pikaisesti pian mahdollisimman nopeasti lopullisesti kokonaan pysyvasti ' +
      'aivan ihan oikeasti tosi todella vaan vain kaikkia kaikista kaiken jatkuvasti jatkuvaa jatkuvat joka paiva paivittain aina toistuvasti toinen ' +
      'kolmas viimeinen kerta kertaa varoitus sanoin sanonut pyysin pyytanyt jo_monta monta olen_jo oon oo ole ole_hyva olkaa_hyvat ystavallisesti ' +
      'ystavallinen ovat on olla tulee tulossa kautta koskien liittyen kaupallisia kaupallista mainos markkinointi firma yritys teksti emmas emma ' +
      'emt miks haluu ihmiset hemmetti toivottuja lkaa ihmeessa nimissa tilata naihin noihin',
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
