import type { RefusalWords } from './refusal-words.ts';

/** English and the languages that came of Latin. */
export const latinRefusals: readonly RefusalWords[] = [
  {
    language: 'en',
    leave:
      'unsubscribe unsub unsubscribe_me unsubscribing opt_out optout opt_me_out opting_out remove_me remove_us remove_my_number remove_number ' +
      'remove_this_number take_me_off take_us_off take_my_number_off delete_my_number delete_this_number lose_my_number lose_this_number ' +
      'leave_me_alone leave_us_alone leave_me_tf_alone leave_me_the_fuck_alone leave_me_the_hell_alone deregister unregister revoke_my_consent ' +
      'withdraw_my_consent revoke_consent withdraw_consent cease_and_desist cease_contact discontinue_contact take_this_number_off do_not_contact ' +
      'want_off want_out take_me_out take_my_name_off be_removed be_taken_off unsubbed fuck_off_and_leave_me_alone do_not_disturb dont_disturb ' +
      'stop_subscription stop_my_subscription no_longer_consent i_do_not_consent dont_consent unenroll unenroll_me disenroll drop_me_from ' +
      'scratch_me_off strike_me_off get_me_off take_me_out_of forget_my_number erase_my_number remove_my_contact remove_my_info delete_me block_me ' +
      'stop_it_with',
    cancel:
      'cancel end delete remove terminate revoke discontinue withdraw off out scrub erase purge wipe drop strike unlist deregister cancelling ' +
      'removing deleting deleted removed cancelled unfollow clear withdrawing revoking end_my cancle remov delet lose forget refrain',
    end:
      'stop stopp quit cease discontinue halt knock_off cut_out enough_with enough_of stopping cut_it_out knock_it_off pack_it_in give_it_a_rest end ' +
      'ending done_with fed_up_with no_need_for suspend pause_all turn_off switch_off shut_off refrain_from desist_from leave_off give_up lay_off',
    not: 'dont do_not never dont_ever do_not_ever not no_longer dnt donot dont_you_dare wont_you_not not_to no_need_to stop_and_dont nevr',
    none: 'no_more no_further no_any_more zero enough not_any no_mor',
    send:
      'send sending text texting message messaging contact contacting write writing write_to writing_to sms email emailing bother_me bother_us ' +
      'bothering_me bothering_us spam spamming harass harassing call_me call_us calling_me calling_us txt txting msg msging solicit soliciting ' +
      'pester pestering reach_out reaching_out advertise advertising market marketing bug bugging annoy annoying notify notifying txtin textin ' +
      'messagin sendin spammin sending_me messging messge_me reach contacted ring ringing whatsapp whatsapping ping pinging blast blasting disturb ' +
      'disturbing hassle hassling hit_me_up bombard bombarding flood flooding send_me_any shoot spamming_me blowing_up_my_phone blowin_up_my_phone ' +
      'blow_up_my_phone',
    want: 'want wish need care like wanna interested_in want_to would_like_to wish_to need_to rather prefer interested intrested desire',
    receive:
      'receive receiving get getting be_texted be_contacted be_messaged be_on be_bothered hear see getting_any hear_from hearing_from hearing ' +
      'receivin recieve recieving recive',
    dontWant:
      'not_interested no_interest no_longer_interested not_interested_in no_interest_in sick_of tired_of not_intrested not_intersted uninterested ' +
      'no_intrest couldnt_care_less no_desire not_into no_need over_these over_this over_your im_over done_with_these had_enough_of',
    noun:
      'text texts message messages messaging sms mms alert alerts promo promos promotion promotions offer offers ad ads advert adverts advertisement ' +
      'advertisements notification notifications update updates spam marketing mail mails email emails newsletter newsletters communication ' +
      'communications crap shit junk bs bullshit deals coupons reminders txts txt msgs msg solicitations call calls text_messages campaigns ' +
      'solicitation advertising enrolment mailings mailing blasts texting_service announcements news_letters promotionals notices txtmsgs txt_msgs ' +
      'junk_mail rubbish nonsense enrollment sms_messages texting_program consent permission these_messages harassment robotexts messsages mesages ' +
      'promotional_texts',
    who:
      'me us my_number this_number my_phone my_cell my_mobile this_phone my_phone_number this_phone_number your_list the_list this_list all_lists ' +
      'your_lists mailing_list text_list texting_list marketing_list sms_list contact_list your_database database your_system my_name my_details ' +
      'my_information my_info list lists account_texts group_chat this_group the_group group this_thread chat my_line my_inbox this_line this_device ' +
      'my_no my_num ur_list ur_lists your_records records contacts your_contacts contact_details my_contact_details my_data my_personal_data ' +
      'personal_data my_contact_info your_files my_email marketing_database sms_database distribution_list your_mailing_list your_marketing_list ' +
      'client_list customer_list your_books number_off dis_number this_cell this_no my_digits digits',
    ask:
      'can_you could_you would_you will_you can_u could_u may_i how_about can_ya please_can_you could_you_please would_you_mind could_you_kindly ' +
      'kindly can_we can_i need_you_to i_need_you_to id_like_you_to',
    joined:
      'signed_up sign_up signed signup subscribed subscribe registered register agreed agree consented consent_to enrolled opted_in opt_in asked ' +
      'asked_for requested authorised authorized given_permission gave_you_my gave_you gave_permission gave_my_consent given_consent joined ordered ' +
      'heard_of bought_from shopped dealt a_customer customer know_you know_who',
    beside:
      'company business service services sender expensive moved illegal harassing ridiculous annoyed reporting lawyer money costs cost charges ' +
      'charged unsolicited inbox phone_bill',
    self: 'i we',
    block:
      'you_dont you_never why if unless until they we_never i_never didnt cant you_do_not who when but isnt wont couldnt cannot did have thanks_for ' +
      'thank_you_for glad love loved for_not no_way',
    link: 'of the your ur to from with at on in for and my',
    soft: 'too_many_messages',
    fill:
      'any more anymore again ever all these those this that you u immediately now right_now right_away please pls plz just further other such ' +
      'unwanted unsolicited stupid damn damned fucking fuckin freaking annoying kindly would am i_am im asking sending_to it guys you_guys longer ' +
      'here so everything stuff at_all already forever thanks thank_you thx ok okay hi hello hey dear sir madam anything else both daily constant ' +
      'endless yourself shitty bloody god ffs wtf promotional commercial automated company yall people rn asap tf idiots spammers will_not lets down ' +
      'up would_like i_would id asshole assholes bitch bitches morons dumbass jerks take get drop put pull please_and_thank_you jeez man dude bro ' +
      'sirs fuck_off piss_off so_many way freakin flipping effing whatsoever henceforth going_forward another single one more_of still keep kept ' +
      'constantly every day week via by through phone cell mobile device line robo bot subscription_to enrollment_in asshat weirdo creep creeps ' +
      'loser losers already_said lol go_away get_lost tyvm txtin textin sendin suyos frm am_no youve been told twice times second third time last ' +
      'warning nicely politely having be ever_again thx_u pretty_please intend wish_you had hv ive have_had it_is really seriously honestly ' +
      'literally plis plss plzz pls_and_thx sick idc smh ugh urgh omg stupid_ass dumb from_here at_once effective straight away going forward ' +
      'again_and_again in_future future hence fine up_to_here any_longer ya em them team effective_immediately immediate effect permanently entirely ' +
      'completely altogether leave let i_have asked_you hundred million',
    manners:
      'please thanks kindly hi hello hey ok okay sorry cheers ta regards peace bye tyvm tysm appreciated',
  },
  {
    language: 'fr',
    elided: 'm n d l s t qu',
    leave:
      'etre_retiree etre_supprimee etre_enlevee etre_effacee etre_rayee etre_desabonnee etre_desabonne etre_desinscrite etre_desinscrit ne_plus_madresser ne_plus_menvoyer ne_plus_mecrire ne_plus_me_contacter desabonnez_moi desabonne_moi desabonner desabonnement desabonnez desabonne desinscrire desinscription desinscrivez_moi desinscrivez ' +
      'desinscris_moi me_desabonner me_desinscrire retirez_moi retire_moi enlevez_moi enleve_moi supprimez_moi rayez_moi sortez_moi otez_moi ' +
      'desabonnage mopposer je_moppose fichez_moi_la_paix foutez_moi_la_paix laissez_moi_tranquille laisse_moi_tranquille lachez_moi desengagement ' +
      'stopsms stoppub revoque retrait_consentement je_retire_mon_consentement ne_plus_recevoir ne_plus_etre_contacte ne_plus_etre_contactee ' +
      'desinscris desabonnes supprimez_mon_numero retirez_mon_numero enlevez_mon_numero effacez_mon_numero desabo desinscrip desinscrivez_le ' +
      'desinscrivez_mon desinscription_svp me_desabonne je_me_desabonne je_me_desinscris desabonnez_mon desabonnez_le desabonner_mon ' +
      'rayer_mon_numero rayez_mon_numero retirer_mon_numero foutez_la_paix fichez_nous_la_paix laissez_nous_tranquilles foutez_nous_la_paix ' +
      'je_mopose oublie_moi oubliez_moi oubliez_mon_numero perdez_mon_numero bloquez_mon_numero ne_pas_deranger retire_mon_numero ' +
      'supprime_mon_numero enleve_mon_numero efface_mon_numero me_retirer me_supprimer me_rayer menlever meffacer mexclure mecarter menlevez menleve ' +
      'supprimez_nous supprimez_mon_num supprime_moi supprime_nous supprime_mon_num retirez_nous retirez_mon_num retire_nous retire_mon_num ' +
      'enlevez_nous enlevez_mon_num enleve_nous enleve_mon_num effacez_moi effacez_nous effacez_mon_num efface_moi efface_nous efface_mon_num ' +
      'rayez_nous rayez_mon_num raye_moi raye_nous raye_mon_numero raye_mon_num desabonnez_nous desabonnez_mon_numero desabonnez_mon_num ' +
      'desabonne_nous desabonne_mon_numero desabonne_mon_num desinscrivez_nous desinscrivez_mon_numero desinscrivez_mon_num desinscris_nous ' +
      'desinscris_mon_numero desinscris_mon_num otez_nous otez_mon_numero otez_mon_num ote_moi ote_nous ote_mon_numero ote_mon_num sortez_nous ' +
      'sortez_mon_numero sortez_mon_num sors_moi sors_nous sors_mon_numero sors_mon_num excluez_moi excluez_nous excluez_mon_numero excluez_mon_num ' +
      'bannissez_moi bannissez_nous bannissez_mon_numero bannissez_mon_num radiez_moi radiez_nous radiez_mon_numero radiez_mon_num radie_moi ' +
      'radie_nous radie_mon_numero radie_mon_num etre_supprime etre_retire me_enlever etre_enleve me_effacer etre_efface etre_raye me_sortir ' +
      'etre_sort me_oter etre_ote me_radier etre_radie me_exclure etre_exclu',
    cancel:
      'supprimez supprime supprimer retirez retirer effacez effacer annuler annulez annule resilier enlevez radiez supprimes enlever enleves enleve ' +
      'rayer rayez raye ote oter otez vire virez virer sortir sortez sors retires effaces resiliez resilie clore cloturer cloturez fermer desactiver ' +
      'desactivez desactive revoquer bloquer bloquez bloque degagez dabonnement desengager supr suprimer suprimez suprime retrait suppression ' +
      'annulation resiliation effacement arretez_labonnement suspendre suspendez mettez_fin mettre_fin tranquille en_paix',
    end:
      'stop stopp stopper stoppez arret arrete arreter arretez cessez cesser cesse arretez_de arreter_de marre_de assez_de ras_le_bol_de fini ' +
      'finissez halte stope arretes arretons cessez_de cesser_de arret_des arret_de fin_des fin_de y_en_a_marre_de en_ai_marre_de jen_ai_marre_de ' +
      'jen_ai_assez_de suspendez suspendre stoppe finissez_en assez_avec',
    not: 'ne n pas nan jamais plus_jamais jai_jamais jai_pas',
    none: 'plus_de plus_aucun plus_aucune plus_d aucun aucune pas_de pas_d pas_dautres plus_aucuns sans plus_un_seul p_de',
    send:
      'envoyez envoyer envoie envoi envois menvoyer menvoyez nenvoyez denvoyer envoyez_moi contacter contactez contacte me_contacter ecrire ecrivez ' +
      'ecris decrire mecrire mecrivez spammer spammez harceler harcelez deranger derangez solliciter sollicitez demarcher appeler appelez mappeler ' +
      'mappelez mettre nous_envoyer lenvoi prospecter importuner importunez relancer recontacter recontactez renvoyer renvoyez reecrire relancez ' +
      'adresser adressez messager embeter embetez texter textez polluer polluez saouler saoulez menvoies menvoie mecris mecrive mecriv texte_moi ' +
      'textoter mappelle appelle appelles contactes contactent contacter_moi recontacte reecrivez reecris spam spame spammes harceles deranges ' +
      'embete embetes embetez_moi menvoyer_de soliciter importune gonfler gonflez prospectez joindre joignez solicitez demarchez bombarder bombardez ' +
      'inonder inondez messages_moi envois_moi adresse addresser ennuyer ennuyez assaillir assaillez',
    want:
      'veux voudrais souhaite desire veut voulons aimerais souhaiterais veu veus vx jveux jveu voulu voudrai desirons souhaitons aimerai tiens ' +
      'jaimerais jvoudrais jsouhaite besoin envie',
    receive:
      'recevoir etre_contacte etre_contactee etre_derange recevoir_de etre_sollicite etre_sollicitee recevoir_vos etre_demarche etre_derangee avoir ' +
      'entendre_parler etre_sur',
    dontSend:
      'mecrivez_plus ne_mecrivez_plus nous_ecrivez_plus ne_nous_ecrivez_plus mecrivez_pas ne_mecrivez_pas mecrivez_jamais ne_mecrivez_jamais ' +
      'mecris_plus ne_mecris_plus nous_ecris_plus ne_nous_ecris_plus mecris_pas ne_mecris_pas mecris_jamais ne_mecris_jamais menvoyez_plus ' +
      'ne_menvoyez_plus nous_envoyez_plus ne_nous_envoyez_plus menvoyez_pas ne_menvoyez_pas menvoyez_jamais ne_menvoyez_jamais menvoie_plus ' +
      'ne_menvoie_plus nous_envoie_plus ne_nous_envoie_plus menvoie_pas ne_menvoie_pas menvoie_jamais ne_menvoie_jamais menvoies_plus ' +
      'ne_menvoies_plus nous_envoies_plus ne_nous_envoies_plus menvoies_pas ne_menvoies_pas menvoies_jamais ne_menvoies_jamais me_contactez_plus ' +
      'ne_me_contactez_plus nous_contactez_plus ne_nous_contactez_plus me_contactez_pas ne_me_contactez_pas me_contactez_jamais ' +
      'ne_me_contactez_jamais me_contacte_plus ne_me_contacte_plus nous_contacte_plus ne_nous_contacte_plus me_contacte_pas ne_me_contacte_pas ' +
      'me_contacte_jamais ne_me_contacte_jamais mappelez_plus ne_mappelez_plus nous_appelez_plus ne_nous_appelez_plus mappelez_pas ne_mappelez_pas ' +
      'mappelez_jamais ne_mappelez_jamais mappelle_plus ne_mappelle_plus nous_appelle_plus ne_nous_appelle_plus mappelle_pas ne_mappelle_pas ' +
      'mappelle_jamais ne_mappelle_jamais me_derangez_plus ne_me_derangez_plus nous_derangez_plus ne_nous_derangez_plus me_derangez_pas ' +
      'ne_me_derangez_pas me_derangez_jamais ne_me_derangez_jamais me_derange_plus ne_me_derange_plus nous_derange_plus ne_nous_derange_plus ' +
      'me_derange_pas ne_me_derange_pas me_derange_jamais ne_me_derange_jamais me_textez_plus ne_me_textez_plus nous_textez_plus ne_nous_textez_plus ' +
      'me_textez_pas ne_me_textez_pas me_textez_jamais ne_me_textez_jamais me_texte_plus ne_me_texte_plus nous_texte_plus ne_nous_texte_plus ' +
      'me_texte_pas ne_me_texte_pas me_texte_jamais ne_me_texte_jamais me_sollicitez_plus ne_me_sollicitez_plus nous_sollicitez_plus ' +
      'ne_nous_sollicitez_plus me_sollicitez_pas ne_me_sollicitez_pas me_sollicitez_jamais ne_me_sollicitez_jamais me_sollicite_plus ' +
      'ne_me_sollicite_plus nous_sollicite_plus ne_nous_sollicite_plus me_sollicite_pas ne_me_sollicite_pas me_sollicite_jamais ' +
      'ne_me_sollicite_jamais me_relancez_plus ne_me_relancez_plus nous_relancez_plus ne_nous_relancez_plus me_relancez_pas ne_me_relancez_pas ' +
      'me_relancez_jamais ne_me_relancez_jamais me_relance_plus ne_me_relance_plus nous_relance_plus ne_nous_relance_plus me_relance_pas ' +
      'ne_me_relance_pas me_relance_jamais ne_me_relance_jamais me_spammez_plus ne_me_spammez_plus nous_spammez_plus ne_nous_spammez_plus ' +
      'me_spammez_pas ne_me_spammez_pas me_spammez_jamais ne_me_spammez_jamais me_spam_plus ne_me_spam_plus nous_spam_plus ne_nous_spam_plus ' +
      'me_spam_pas ne_me_spam_pas me_spam_jamais ne_me_spam_jamais membetez_plus ne_membetez_plus nous_embetez_plus ne_nous_embetez_plus ' +
      'membetez_pas ne_membetez_pas membetez_jamais ne_membetez_jamais membete_plus ne_membete_plus nous_embete_plus ne_nous_embete_plus membete_pas ' +
      'ne_membete_pas membete_jamais ne_membete_jamais me_harcelez_plus ne_me_harcelez_plus nous_harcelez_plus ne_nous_harcelez_plus me_harcelez_pas ' +
      'ne_me_harcelez_pas me_harcelez_jamais ne_me_harcelez_jamais me_harcele_plus ne_me_harcele_plus nous_harcele_plus ne_nous_harcele_plus ' +
      'me_harcele_pas ne_me_harcele_pas me_harcele_jamais ne_me_harcele_jamais',
    dontWant:
      'pas_interesse pas_interessee pas_d_interet pas_interesses refuse je_refuse refusons ne_souhaite_plus ca_ne_minteresse_pas ca_minteresse_pas ' +
      'minteresse_pas ne_minteresse_pas ne_minteresse_plus pas_interessant aucun_interet pas_besoin rien_a_faire ca_minteresse_plus nai_pas_besoin ' +
      'pas_dinteret plus_envie plus_envie_de pas_envie pas_envie_de aucune_envie aucune_envie_de jveux_plus jveu_plus jvx_plus jv_plus j_veux_plus ' +
      'veux_plus_recevoir veut_plus_recevoir',
    noun:
      'message messages sms texto textos pub pubs publicite publicites mail mails notification notifications promo promos promotion promotions offre ' +
      'offres info infos spam newsletter communication communications sollicitations mms abonnement messagerie demarchage prospection courriers msg ' +
      'msgs messag mesage mesages texto_pub sms_pub sms_publicitaires smss newsletters lettre lettres alertes alerte rappels annonces annonce ' +
      'reclames consentement accord autorisation abonnements spams courriels courriel email emails e_mails notif notifs promotionnels promotionnel ' +
      'inscription emailing bazar conneries merdes trucs sms_commerciaux messages_commerciaux',
    who:
      'moi me mon_numero ce_numero mon_tel mon_telephone votre_liste vos_listes cette_liste la_liste liste vos_fichiers votre_fichier fichier ' +
      'votre_base mes_coordonnees mes_donnees mon_nom mon_num mon_nr numero_de_telephone mon_portable ce_num ce_portable ce_telephone repertoire ' +
      'votre_repertoire vos_contacts contacts listes mes_infos mon_contact mon_profil base_de_donnees vos_bases vos_bases_de_donnees ' +
      'mes_informations fichier_client vos_fichiers_clients systeme votre_systeme diffusion liste_de_diffusion donnees_personnelles ' +
      'mes_donnees_personnelles coordonnees num numero portable mon_adresse mon_compte nous',
    ask:
      'pouvez_vous peux_tu pourriez_vous est_ce_possible est_il_possible veuillez merci_de priere_de est_ce_que_vous_pouvez vous_pouvez tu_peux ' +
      'pourrais_tu serait_il_possible auriez_vous_lamabilite voulez_vous_bien vous_pourriez je_vous_demande je_demande je_vous_prie jaimerais_que',
    joined:
      'inscrit inscrite inscris abonne abonnee demande donne_mon_accord donne_mon_numero donne accepte consenti souscrit autorise adhere sollicite ' +
      'enregistre enregistree commande client cliente connais suis_inscrit suis_inscrite autorisation_donnee communique fourni',
    reason: 'deja_demande deja_dit demande_deja ai_deja_demande jai_deja_demande jai_deja_dit ai_deja_dit',
    beside:
      'boutique magasin entreprise societe enseigne service demenage cher chere harcelement illegal cnil rgpd spammeurs vie_privee facture',
    block: 'jamais_recu pourquoi quand si',
    soft:
      'trop_de_messages trop_de_sms jen_ai_marre marre ras_le_bol jen_ai_assez y_en_a_marre me_lacher lachez_nous lache_moi vire_moi virez_moi ' +
      'degage_moi',
    fill:
      'je j vous tu nous de d des du la le les l vos votre ces cet cette ce a au aux sur plus jamais svp merci stp bonjour bonsoir s il te plait sil ' +
      'et maintenant immediatement tout_de_suite en tous toutes tout encore commerciaux publicitaires par mes mon cela ca tel telephone numero ' +
      'desormais definitivement monsieur madame autre autres salut non que quoi rien indesirables ici ok bordel putain sans_arret suis avec dautres ' +
      'nimporte_quoi ca_suffit suffit encore_une_fois base donnees renvoi assez ce_genre genre type sollicitations_commerciales une un dernier ' +
      'derniere fois rapidement urgent immediat merde bande cons demande souhait consentement possible numero_de on me plaisir bonne journee soiree ' +
      'par_avance avance davance jen ai nen peux_plus svplait siouplait sivouplait pr pour lai dj deja ete cest cette_fois du_tout donc ben bah hein ' +
      'voila alors car puisque comme apparemment wesh mec meufs putin purée la_prochaine_fois dorenavant a_lavenir lavenir urgence ' +
      'dans_les_plus_brefs_delais brefs delais plus_vite vite immediate sincerement respectueusement messieurs mme messieurs_dames chers ' +
      'veuillez_agreer part_de provenant venant_de de_votre_part part incessants incessantes repetitifs intempestifs non_sollicites non_sollicitees ' +
      'inutiles pourris chiants chiant relou lourd penibles penible casse_pieds tjrs toujours tt ts vraiment franchement simplement juste bien ' +
      'vouloir bonne_journee merci_bcp bcp beaucoup sert_a_rien srx serieux quotidiens continuels fois_pour_toutes nimporte lequel laquelle jte jle ' +
      'vs ns chez chaque prive privee laissez laisse enfin comment',
    manners: 'svp stp merci bonjour bonsoir sil te vous plait salut cordialement',
  },
  {
    language: 'es',
    leave:
      'darme_de_baja dar_de_baja denme_de_baja deme_de_baja dame_de_baja dadme_de_baja desuscribirme desuscribir desuscribanme desuscribeme ' +
      'desuscripcion cancelar_suscripcion cancelar_mi_suscripcion anular_suscripcion borrenme borrame borreme borradme eliminenme eliminame ' +
      'elimineme quitenme quitame quiteme saquenme sacame saqueme remuevanme dejenme_en_paz dejame_en_paz dejadme_en_paz no_molesten no_molestar ' +
      'no_molestes no_me_molesten no_me_molestes dejen_de_molestar deja_de_molestar dejen_de_joder no_jodan no_jodan_mas me_doy_de_baja doy_de_baja ' +
      'solicito_la_baja solicito_baja quiero_la_baja baja_por_favor dejar_de_recibir retiro_mi_consentimiento revoco_mi_consentimiento remover ' +
      'removerme sacarme quitarme borrarme eliminarme desinscribir desinscribirme desinscribanme desapuntarme desapuntenme desapuntadme dar_baja ' +
      'quiero_baja dame_d_baja denme_d_baja darme_d_baja de_d_baja denme_baja deme_baja dame_baja quiero_darme_baja darnos_de_baja dennos_de_baja ' +
      'dar_d_baja den_de_baja da_de_baja de_de_baja_mi darme_baja desubscribir desubscribirme desubscribanme desuscribe desuscriba desuscriban ' +
      'desuscribo desuscribirse me_desuscribo desapuntame borrame_de desaboneme desabonarme quitadme sacadme eliminadme sacarnos dejenos_en_paz ' +
      'dejarme_en_paz dejenme_tranquilo dejenme_tranquila dejame_tranquilo dejame_tranquila dejadme_tranquilo dejadme_tranquila no_fastidien ' +
      'no_fastidies no_chinguen no_me_jodan no_me_molesten_mas olvidense_de_mi olvidenme olvidad_mi_numero olviden_mi_numero kiten_mi_numero kitenme ' +
      'kitame kita_mi_numero bloqueenme cancelen_mi_suscripcion cancela_mi_suscripcion cancelar_la_suscripcion anular_la_suscripcion salirme ' +
      'quiero_salir salir_de_la_lista desvincularme borrennos borrenos borranos borradnos borrarnos quitennos quitenos quitanos quitadnos quitarnos ' +
      'eliminennos eliminenos eliminanos eliminadnos eliminarnos retirenme retirennos retireme retirenos retirame retiranos retiradme retiradnos ' +
      'retirarme retirarnos bajenme bajennos bajeme bajenos bajame bajanos bajadme bajadnos bajarme bajarnos saquennos saquenos sacanos sacadnos ' +
      'cancelenme cancelennos canceleme cancelenos cancelame cancelanos canceladme canceladnos cancelarme cancelarnos anulenme anulennos anuleme ' +
      'anulenos anulame anulanos anuladme anuladnos anularme anularnos bloqueennos bloqueeme bloqueenos bloqueame bloqueanos bloqueadme bloqueadnos ' +
      'bloquearme bloquearnos olvidennos olvideme olvidenos olvidame olvidanos olvidadme olvidadnos olvidarme olvidarnos desapuntennos desapunteme ' +
      'desapuntenos desapuntanos desapuntadnos desapuntarnos desafilienme desafiliennos desafilieme desafilienos desafiliame desafilianos ' +
      'desafiliadme desafiliadnos desafiliarme desafiliarnos desubscribannos desubscribame desubscribanos desubscribeme desubscribenos ' +
      'desubscribidme desubscribidnos desubscribirnos desuscribannos desuscribame desuscribanos desuscribenos desuscribidme desuscribidnos ' +
      'desuscribirnos desinscribannos desinscribame desinscribanos desinscribeme desinscribenos desinscribidme desinscribidnos desinscribirnos ' +
      'suprimanme suprimannos suprimame suprimanos suprimeme suprimenos suprimidme suprimidnos suprimirme suprimirnos excluyanme excluyannos ' +
      'excluyame excluyanos excluyeme excluyenos excluyidme excluyidnos excluirme excluirnos remuevannos remuevame remuevanos remueveme remuevenos ' +
      'remuevedme remuevednos removernos desvinculenme desvinculennos desvinculeme desvinculenos desvinculame desvinculanos desvinculadme ' +
      'desvinculadnos desvincularnos desconectenme desconectennos desconecteme desconectenos desconectame desconectanos desconectadme desconectadnos ' +
      'desconectarme desconectarnos tachenme tachennos tacheme tachenos tachame tachanos tachadme tachadnos tacharme tacharnos liberenme liberennos ' +
      'libereme liberenos liberame liberanos liberadme liberadnos liberarme liberarnos desactivenme desactivennos desactiveme desactivenos ' +
      'desactivame desactivanos desactivadme desactivadnos desactivarme desactivarnos dar_de_baja_mi den_de_baja_mi me_doy_de_baja_de',
    cancel:
      'cancelar cancela cancelen cancele anular anulen borrar borren borra borre eliminar eliminen elimina elimine quitar quiten quita saquen baja ' +
      'retirar retiren cancelacion cancelame quitad eliminad borrad sacad sacar saca saque retira retire retiro revoco revocar revoque cancelo ' +
      'cancelad suprimir supriman suprima den_de_baja dar_de_baja bloquear bloqueen bloquea remuevan remueva remueve kiten kita kitar saken ' +
      'eliminacion anula anulad desactivar desactiven desactiva descontinuar suspenda borrado excluyan excluir eliminarme desactivacion elimino ' +
      'suelten en_paz tranquilo tranquila bajen bajar baje',
    end:
      'stop stopp parar paren pare para_ya alto basta basta_de deja_de dejen_de deje_de dejad_de parad_de para_de paren_de pare_de parar_de detener ' +
      'detengan detenganse terminen suspender suspendan cesen_de dejar_de ya_basta dejen_ya_de parenle parele parale detenga detente deten paro ' +
      'parad cesen cese cesar cesad terminar termina acaben acabar acaben_con terminen_con harto_de harta_de cansado_de cansada_de ' +
      'hasta_las_narices_de hasta_los_cojones_de finalizar finalicen suspenda frenen frena corten corta cortenla cortala basta_con ya_no_mas ' +
      'ya_estuvo ya_paren ya_parenle aguanten interrumpan basta_ya basta_ya_de me_tienen_harto_de me_tienen_harta_de paren_con parad_con para_con',
    not: 'no nunca jamas nunca_mas jamas_vuelvan q_no nop',
    none: 'no_mas ni_un ni_una_mas ningun ningun_otro nada_de cero ni_un_solo ya_no',
    send:
      'envien envies enviar enviarme envie enviando enviarnos manden mandes mandar mandarme mande mandando manda enviame mandame escriban escribas ' +
      'escribir escribirme escriba contacten contactar contactarme contactes contacte llamen llamar llamarme llames lleguen spamear mandeis envieis ' +
      'escribais molesten molestar molestarme molestes enviarme_mas mandarme_mas jodan joder contactarnos insistan insistir escribirnos texteen ' +
      'textear texteenme enviando_mas molestando chingando fastidiar fastidien acosar acosen marcar marquen envieme envieis_mas manden_me mandeme ' +
      'mandadme enviadme escribidme escribe contacteis contactenme contacteme contactame contacte_conmigo comuniquen comunicarse comunicarme ' +
      'contactando escribiendo escribiendome enviandome mandandome llamandome texteando msj_me spameen spamees spameando molesteis importunen ' +
      'importunar insista hostiguen hostigar atosigar atosiguen agobien bombardeen bombardear marquenme llamadme busquen joder_con fregar frieguen ' +
      'acosando notifiquen notificar notificarme mensajear mensajeen wasapear manden_mas envien_mas fastidiando fastidies',
    want: 'quiero deseo queremos quisiera gustaria kiero kero qiero quero quisieramos gustaria_que necesito interesa deseamos prefiero',
    receive:
      'recibir recibirlos seguir_recibiendo que_me_lleguen tener recibiendo que_me_manden que_me_envien que_me_escriban que_me_contacten ' +
      'que_me_llamen que_me_molesten recibirlas recivir resibir seguir me_lleguen ser_contactado ser_contactada saber_nada saber estar_en',
    dontWant:
      'no_me_interesa no_interesado no_interesada no_estoy_interesado no_estoy_interesada no_tengo_interes no_me_interesan no_me_interesa_nada ' +
      'no_interesa no_estamos_interesados sin_interes ya_no_me_interesa no_gracias_no no_necesito no_tengo_ganas no_tengo_ganas_de',
    noun:
      'mensaje mensajes sms texto textos msj msjs mensajitos publicidad promocion promociones promos oferta ofertas notificacion notificaciones spam ' +
      'correos correo anuncios anuncio avisos whatsapp whatsapps info propaganda suscripcion cosas mensajeria promocionales publicitarios ' +
      'comunicaciones correspondencia promociones_y texts messages mensajes_suyos mjes mje mensages mensaje_s msg msgs sms_publicitarios spams ' +
      'promos_y promo boletin boletines newsletter comunicacion comunicados comunicado notis alertas alerta recordatorios difusion mails mail emails ' +
      'email e_mails porquerias porqueria basura tonterias wasap wasaps guasap wpp consentimiento autorizacion permiso suscripciones campañas ' +
      'cadenas correo_basura servicio_de_mensajes servicio_de_sms',
    who:
      'me mi_numero este_numero mi_telefono mi_celular su_lista la_lista tu_lista esta_lista lista sus_listas mis_datos mi_nombre su_base ' +
      'base_de_datos su_base_de_datos nos a_mi numero telefono mi_cel mi_numerito mis_datos_personales datos_personales datos mi_contacto mi_num ' +
      'mi_nro este_nro este_celular este_telefono mi_movil este_movil vuestra_lista vuestras_listas sus_registros registros registro agenda ' +
      'sus_contactos contactos lista_de_contactos lista_de_difusion su_sistema sistema listado listados bbdd bases_de_datos base vuestra_base ' +
      'mi_linea mi_correo mi_info mi_informacion mi_cuenta mi_perfil listas numeros numero_de_telefono numero_de_celular mi_numero_de_telefono ' +
      'conmigo',
    ask:
      'pueden puede puedes podrian podria podeis podrias hagan_el_favor pueden_por_favor me_pueden me_puede me_podrian me_podria me_haces_el_favor ' +
      'haganme_el_favor hagan_favor seria_posible es_posible le_pido les_pido les_ruego ruego se_lo_pido les_agradeceria agradeceria agradezco ' +
      'me_gustaria_que necesito_que solicito_que pido_que exijo exijo_que',
    joined:
      'registre registrado registrada registramos suscribi suscrito suscrita suscribo inscribi inscrito inscrita apunte apuntado di_permiso ' +
      'di_mi_consentimiento di_mi_numero di_autorizacion dado autorice autorizado acepte aceptado pedi pedido solicite solicitado consenti compre ' +
      'comprado cliente clienta conozco dieron_permiso',
    beside:
      'tienda empresa negocio compania servicio me_mude mude caro cara acoso ilegal denuncia denunciar denunciare denuncio saldo factura spam_ilegal ' +
      'privacidad',
    block: 'por_que porque cuando si tengo llegan llego he',
    soft: 'demasiados_mensajes muchos_mensajes me_tienen_harto me_tienen_harta estoy_harto estoy_harta larguense',
    fill:
      'mas de del la el los las sus tus su tu estos esos este ese a al por favor porfavor porfa gracias hola ya ahora y que con en esta esa todos ' +
      'todas todo tanto tantos nunca_mas yo lo usted ustedes buenas buenos dias tardes mi estas otra vez senores inmediatamente por_dios estoy ' +
      'cansado cansada harto harta mierda pinche pinches putos para un una le les quiero_que ok tipo vuelvan vuelva vuelvas vuelvo volver nada ' +
      'suficiente cualquier envio solicito pido chingados carajo coño hostia joder_ya cansen queridos inmediato momento hacer hagan ser contactado ' +
      'dato basta_ya eso esas todos_los dia suyos suyo pesado pesados pesada d cansones chavos plis pls plz plx xfas xfa porfis porfavorcito x fa ' +
      'fvr pf q k ke kiero_q pq xq porq anda venga vale tio tia oye oigan mire miren ey wey guey hijos_de_puta idiotas imbeciles cabrones gilipollas ' +
      'coñazo molestos molesto fastidiosos fastidioso insistentes insoportables insoportable pesao jamas nuevo nuevamente adelante en_adelante ' +
      'lo_antes_posible cuanto_antes definitivamente definitiva forma permanentemente urgente urgentemente inmediata efecto atentamente cordialmente ' +
      'estimados estimado senor senora senorita muchas muy amables amable anticipadamente antemano de_antemano atencion parte de_parte cualquiera ' +
      'algun alguno ustds uds ud vosotros vuestros vuestras vuestro vuestra os te se sea siquiera nomas nada_mas mismo de_una_vez una_vez por_todas ' +
      'ninguno sms_ni promocional publicitario comerciales comercial indeseados no_deseados no_solicitados masivos diarios constantes neta plss okey ' +
      'agradecido gracias_de eh ah ay dios ahi aqui alla tan solo ven vienen sean estan siguen siendo hacerlo ke_no volver_a acá dejen deje dejenme ' +
      'dejame ya_pedi ya_lo_pedi ya_les_dije ya_dije suya suyas tuya tuyas esto aquello tantisimos sigan sigas siga continuen continues continue ' +
      'tienen tiene teneis molesta hartos hartas podrido podrida',
    manners: 'por favor gracias hola porfa porfavor buenas buenos dias tardes noches saludos xfa xfavor',
  },
  {
    language: 'pt',
    leave:
      'descadastrar descadastre descadastrem me_descadastrar me_descadastre me_descadastrem me_remova me_removam remova_me me_tire me_tirem me_tira ' +
      'me_retire me_retirem me_exclua me_excluam quero_sair desinscrever desinscrever_me cancelar_inscricao cancelar_assinatura me_deixe_em_paz ' +
      'me_deixem_em_paz me_deixa_em_paz deixem_me_em_paz descadastramento me_desinscrever retirem_me removam_me me_apague cancelar_cadastro ' +
      'cancela_meu_cadastro cancele_meu_cadastro parem_de_me_encher nao_me_perturbe nao_me_incomodem nao_me_incomode quero_cancelar_o_recebimento ' +
      'deixar_de_receber solicito_descadastro descadastro remover descadastra anular_subscricao cancelar_subscricao anular_inscricao ' +
      'cancelar_o_cadastro quero_descadastrar esquece_meu_numero esquecam_meu_numero quero_sair_da_lista sair_da_lista me_tira_da_lista ' +
      'tirem_meu_numero tira_meu_numero tire_meu_numero remove_meu_numero remove_me retira_me desinscreva_me desinscreve_me desinscrevam_me ' +
      'desinscreva desinscrevo quero_me_descadastrar me_descadastra me_desinscreve_ai desinscricao cancelem_meu_cadastro cancelem_a_minha_subscricao ' +
      'deixa_me_em_paz deixe_me_em_paz me_deixa_quieto me_deixa_quieta me_deixem_quieto me_deixem me_esquece me_esquecam esquecam_me larga_do_meu_pe ' +
      'larguem_do_meu_pe me_exclui exclua_meu exclui_meu exclua_me excluam_me me_bloqueia me_bloqueiem eliminem_me elimine_me apaguem_me apague_me ' +
      'tirem_me tira_me nao_me_chateiem nao_me_encham nao_me_enche nao_encham_o_saco nao_enche deslistar desvincular cancelar_meu_cadastro ' +
      'cancelar_a_inscricao tira_nos nos_tira tire_me tire_nos nos_tire tirem_nos nos_tirem me_remove remove_nos nos_remove remova_nos nos_remova ' +
      'removam_nos nos_removam exclui_me exclui_nos nos_exclui exclua_nos nos_exclua excluam_nos nos_excluam me_apaga apaga_me apaga_nos nos_apaga ' +
      'apague_nos nos_apague me_apaguem apaguem_nos nos_apaguem me_retira retira_nos nos_retira retire_me retire_nos nos_retire retirem_nos ' +
      'nos_retirem me_elimina elimina_me elimina_nos nos_elimina me_elimine elimine_nos nos_elimine me_eliminem eliminem_nos nos_eliminem me_cancela ' +
      'cancela_me cancela_nos nos_cancela me_cancele cancele_me cancele_nos nos_cancele me_cancelem cancelem_me cancelem_nos nos_cancelem ' +
      'descadastra_me descadastra_nos nos_descadastra descadastre_me descadastre_nos nos_descadastre descadastrem_me descadastrem_nos ' +
      'nos_descadastrem me_desinscreve desinscreve_nos nos_desinscreve me_desinscreva desinscreva_nos nos_desinscreva me_desinscrevam ' +
      'desinscrevam_nos nos_desinscrevam bloqueia_me bloqueia_nos nos_bloqueia me_bloqueie bloqueie_me bloqueie_nos nos_bloqueie bloqueiem_me ' +
      'bloqueiem_nos nos_bloqueiem me_risca risca_me risca_nos nos_risca me_risque risque_me risque_nos nos_risque me_risquem risquem_me risquem_nos ' +
      'nos_risquem me_desliga desliga_me desliga_nos nos_desliga me_desligue desligue_me desligue_nos nos_desligue me_desliguem desliguem_me ' +
      'desliguem_nos nos_desliguem ser_removido ser_removida ser_excluido ser_excluida ser_retirado ser_retirada ser_descadastrado ser_descadastrada',
    cancel:
      'cancelar cancela cancele cancelem remover remova removam excluir exclua excluam tirar tirem tire apagar apaguem apague retirar retirem sair ' +
      'baixa bloquear tira_o exclui anular anule anulem bloqueia bloqueie retire removam_o eliminar eliminem elimine exclusao remocao delete deletar ' +
      'deletem deleta desative desativar desativem desativa revogo revogar cancelo cancelamento retiro encerrar encerrem encerre suspenda bloqueiem ' +
      'apaga apagarem excluem tirar_o cancelam risquem retira descadastro_do desvinculem remover_o em_paz sossegado sossegada removido removida ' +
      'excluido excluida retirado retirada apagado apagada cancelado eliminado tirado tira',
    end:
      'pararem parassem parasse pararam deixarem deixassem stop stopp parar pare parem para_de pare_de parem_de parar_de para_com chega_de chega basta basta_de deixe_de deixem_de interromper ' +
      'interrompam suspender suspendam cessem acabem acabe acabar chega_ja parem_com pare_com parar_com deixar_de deixem interrompa cessar cesse ' +
      'terminem termine terminar acabou cansado_de cansada_de farto_de farta_de cheia_de saco_cheio_de ja_chega ja_basta chegou encerrem ' +
      'para_por_favor parei parou basta_com fim_das fim_de pelo_fim',
    not: 'nao n nunca jamais nunca_mais nao_e_para nao_precisa nao_precisam naum ñ nn',
    none: 'nao_mais sem nenhum nenhuma nada_de zero mais_nenhuma mais_nenhum chega',
    send:
      'envie enviem enviar envia enviando me_envie mande mandem mandar manda mandando me_mande escreva escrevam escrever contate contatem contatar ' +
      'contacte contactem contactar ligue liguem ligar enviar_me mandar_me enche encham encher perturbe perturbem perturbar incomode incomodem ' +
      'incomodar spammar chame mandarem enviarem mensagear chatear chateiem chateie importunar importunem amolar amolem envio_de encher_o_saco ' +
      'envies mandes escrevas contactes contatar_me contate_me contactar_me contactem_me enviem_me mandem_me escrevam_me ligar_me liguem_me me_ligue ' +
      'me_liguem me_contate me_contatem me_escreva me_escrevam me_manda me_mandem me_enviem me_envia mande_me spam spamem perturbes incomodes ' +
      'incomodando incomoda perturbando perturba mandando_me enviando_me ligando chateando encham_o_saco enchendo enchendo_o_saco aborrecer aborreca ' +
      'aborrecam insistam insistir chamar chamem notificar notifiquem procurem importune insista mandar_mais bombardear bombardeiem disparar ' +
      'disparem encaminhar encaminhem',
    want: 'quero desejo queremos gostaria queria qro kero querer pretendo preciso gostava desejamos interessa tenho_interesse',
    receive:
      'receber receber_mais ser_contactado ser_contatado recebe_las receb receber_nada que_me_mandem que_me_enviem ser_incomodado ser_incomodada ' +
      'ser_contactada ser_contatada estar ser_notificado continuar_recebendo continuar_a_receber ficar_recebendo recebendo constar recebimento ' +
      'recepcao saber_de saber_mais saber_mais_de mais_saber_de mais_saber',
    dontWant:
      'nao_tenho_interesse sem_interesse nao_me_interessa nao_estou_interessado nao_estou_interessada nao_tenho_mais_interesse nao_quero_saber ' +
      'nao_tenho_nenhum_interesse sem_interesse_nenhum nao_me_interessam nao_interessa dispenso nao_preciso nao_tenho_vontade nao_tenho_vontade_de',
    noun:
      'mensagem mensagens sms msg msgs texto textos promocao promocoes propaganda propagandas oferta ofertas publicidade notificacao notificacoes ' +
      'spam email emails whatsapp whats zap anuncios avisos newsletter torpedo torpedos mensagenzinhas comunicacoes envio envios subscricao ' +
      'inscricao assinatura propagandinha comunicacao mensagenzinha mensagem_de_texto isso isto msgm msgns mensagem_s mensage mensagens_de_texto ' +
      'sms_s alertas lembretes comunicados comunicado anuncio propag promo promos newsletters boletim zaps wpp recados disparos marketing ligacoes ' +
      'contatos_comerciais consentimento autorizacao permissao inscricoes porcaria porcarias lixo tralha coisas campanhas mails mail correio ' +
      'torpedos_de notif zap_zap whatsapp_meu',
    who:
      'me mim meu_numero este_numero esse_numero meu_telefone meu_celular meu_telemovel lista_de_contatos sua_lista vossa_lista essa_lista ' +
      'esta_lista desta_lista dessa_lista da_lista lista meus_dados meu_nome cadastro sua_base o_meu_numero minha_linha meu_contato o_meu_contacto ' +
      'meu_num meu_nr meu_fone meu_cel meu_zap meu_whats esse_telefone este_telefone esse_celular este_contacto este_contato vossas_listas ' +
      'suas_listas listas cadastros registo registros vosso_sistema sistema seu_sistema base_de_dados banco_de_dados da_base vossa_base_de_dados ' +
      'minha_conta meu_email os_meus_dados dados_pessoais dados agenda contatos contactos seus_contatos mailing vossos_contactos numero telefone ' +
      'celular telemovel linha comigo base',
    ask:
      'podem pode poderia poderiam da_pra dava_para voces_podem voce_pode vcs_podem vc_pode tem_como sera_que_da seria_possivel e_possivel ' +
      'gostaria_que queria_que quero_que agradeco agradeco_que agradecia agradecia_que peco_que solicito_que exijo exijo_que podiam podias ' +
      'podem_por_favor tem_jeito da_pra_parar',
    joined:
      'cadastrei cadastrado cadastrada inscrevi inscrito inscrita registei registrei registado subscrevi assinei autorizei autorizado pedi pedido ' +
      'solicitei solicitado aceitei dei_permissao dei_autorizacao dei_consentimento dei_meu_numero dei consenti comprei cliente conheco',
    beside:
      'loja empresa negocio servico me_mudei mudei caro ilegal assedio procon anatel denunciar denuncio denuncia lgpd rgpd privacidade',
    block: 'por_que porque quando se tenho chegou sem_querer apaguei deletei',
    soft: 'muitas_mensagens',
    fill:
      'mais de da do a o as os me suas sua seu seus essas esses estas estes esta este por favor pfv pf pfvr obrigado obrigada ola oi ja agora e que ' +
      'com em no na eu voce voces tambem bom boa dia tarde noite dessas desses vossas vossos tantas imediatamente chato ok outra vez todas todos ' +
      'tudo para pra comigo minha meu nem porra saco gente favor_de nada qualquer tipo inferno caramba ai voltem volte voltar enviarem mandarem ' +
      'gentileza gentilmente solicito peço hoje ser aborrecam voces_ja dai vcs vc q plz pls pfff fvr favorzinho blz beleza vlw ae ai_po po poxa pô ' +
      'caraca cara mano galera moço moça merda pqp caralho cacete idiotas chatos chata chatas insistentes sac ne neh hein tá ta to estou tou cansado ' +
      'farto nao_solicitadas indesejadas indesejado publicitarias publicitarios comerciais promocionais diarias constantes toda hora sempre mesmo ' +
      'de_uma_vez vez_por_todas definitivamente urgente urgencia imediato breve cumprimentos atenciosamente exmos exmo senhores senhor senhora ' +
      'prezados caros desde antecipadamente partir de_agora daqui frente adiante novo novamente novas outras outros outro algo ninguem vosso vossa ' +
      'lá la meus minhas isso_ai esses_ai isto_tudo me_a lhe vos te for seja sejam mt mto muito obrigadinha ja_pedi ja_falei ja_disse parte ' +
      'da_vossa_parte por_parte ate deixem deixe deixa saber saibam dele dela deles delas nessa nesse neste nesta dessa desta essa',
    manners:
      'por favor obrigado obrigada ola oi pfv pf pfvr bom boa dia tarde noite valeu grato grata vlw obg',
  },
  {
    language: 'it',
    elided: 'l d m t v c all dell sull nell dall un quest',
    leave:
      'disiscrivetemi disiscrivimi disiscrivermi disiscrivere disiscrivi disiscrizione cancellatemi cancellami cancellarmi toglietemi toglimi ' +
      'rimuovetemi rimuovimi rimuovermi eliminatemi eliminami lasciatemi_in_pace lasciami_in_pace lasciatemi_stare annullare_iscrizione ' +
      'annulla_iscrizione disdetta disattivatemi revoco_il_consenso revoca_consenso revoco_consenso cancellate_il_mio_numero cancellate_mio_numero ' +
      'disiscrivete non_disturbate non_disturbare revoca_del_consenso smettete_di_scrivermi non_ricevere_piu cancellazione rimozione ' +
      'disiscrivermi_da non_scocciate non_rompete lasciateci_in_pace disiscrivetemi_da cancellate_mi cancellatemi_dalla cancellazione_dalla ' +
      'mi_cancelli cancellarmi_dalla mi_disiscrivo mi_cancello mi_voglio_cancellare disiscrizione_da toglietemi_da eliminatemi_dalla ' +
      'scordatevi_il_mio_numero dimenticatemi dimenticate_il_mio_numero non_rompete_piu non_rompete_le_palle non_rompete_le_scatole mi_lasci_in_pace ' +
      'mi_lasciate_in_pace lasciami_stare non_mi_rompete non_disturbatemi non_seccatemi disattivami disattivare_iscrizione disabilitatemi ' +
      'annullate_la_mia_iscrizione annullamento_iscrizione annullare_liscrizione annulla_liscrizione recesso depennatemi cancelli_il_mio_numero ' +
      'rimuova_il_mio_numero bloccatemi cancellaci cancellateci cancellarci mi_elimini eliminarmi eliminaci eliminateci eliminarci mi_rimuova ' +
      'rimuovici rimuoveteci rimuoverci mi_tolga togliermi toglici toglieteci toglierci levami levatemi mi_levi levarmi levaci levateci levarci ' +
      'mi_disiscriva disiscrivici disiscriveteci disiscriverci depennami mi_depenni depennarmi depennaci depennateci depennarci escludimi ' +
      'escludetemi mi_escluda escludermi escludici escludeteci escluderci mi_disattivi disattivarmi disattivaci disattivateci disattivarci ' +
      'disabilitami mi_disabiliti disabilitarmi disabilitaci disabilitateci disabilitarci bloccami mi_blocchi bloccarmi bloccaci bloccateci ' +
      'bloccarci disabbonami disabbonatemi mi_disabboni disabbonarmi disabbonaci disabbonateci disabbonarci sganciami sganciatemi mi_sganci ' +
      'sganciarmi sganciaci sganciateci sganciarci dimenticami mi_dimentichi dimenticarmi dimenticaci dimenticateci dimenticarci',
    cancel:
      'cancellare cancella cancellate annullare annulla annullate eliminare eliminate rimuovere rimuovete togliere togliete disattivare disattivate ' +
      'disdire revoco uscire cancellato cancellata rimosso rimossa eliminato eliminata tolto tolta levate levatemi cancello cancelli annulli annullo ' +
      'annullamento elimini elimina rimuova rimuovi rimozione tolga togli leva levare levami revocare revoca revochi revocato ritiro ritirare ' +
      'ritirate disdico disattiva disattivazione depennate depennare cancelate canc eliminazione escludete escludere disabilitate disabilitare ' +
      'bloccate bloccare cancellazione_del chiudete recedere in_pace',
    end:
      'stop stopp basta basta_con basta_coi fermare fermate fermatevi smettete smettetela smettila smetti smettere smettila_di smettete_di smetti_di ' +
      'smettere_di finitela interrompere interrompete sospendere sospendete cessate smettetela_di smettela smettila_con smettetela_con smetta ' +
      'smetta_di finitela_di finiscila finiscila_di piantatela piantatela_di piantala piantala_di fermati fermatevi_con cessare cessate_di stufo_di ' +
      'stufa_di stanco_di stanca_di interrompa interrompi sospendi sospenda fine_dei terminate terminare finite basta_cosi basta_piu ora_basta ' +
      'non_ne_posso_piu_di fermo chiudetela smettetela_coi finitela_con finitela_coi smettetela_con_questi',
    not: 'non mai nn mai_piu giammai',
    none: 'niente_piu nessun nessuno no_a niente zero nessun_altro senza niente_altro nessuna_altra',
    send:
      'mandate mandatemi mandarmi mandare mandi inviate inviatemi inviarmi inviare invii scrivete scrivetemi scrivermi scrivere contattate ' +
      'contattatemi contattarmi contattare chiamate chiamatemi chiamarmi disturbate disturbatemi disturbarmi disturbare rompete di_mandarmi ' +
      'di_inviarmi di_scrivermi spammare inviateci mandateci scocciare scocciate seccare seccate mandarmene inviarmene mandi_mi mandarci inviarci ' +
      'scriverci scriva scriviate scrivete_piu scrivendo mandando inviando contatti contattiate contattarci contattate_mi mandatemene inviatemene ' +
      'inviatemi_piu messaggiare messaggiarmi messaggiate spammate spammarmi spamma chiamarci disturbi disturbarci disturbando rompere romperci ' +
      'importunate importunare importunatemi telefonare telefonate telefonatemi assillare assillate molestare molestate tempestare bombardare ' +
      'bombardate invii_piu cercate cercatemi ricontattate ricontattatemi ricontattarmi tormentare tormentate stressare stressate mandatemi_piu ' +
      'invia inviami mandami',
    want:
      'voglio desidero vorrei vogliamo intendo volglio vogliio vorremmo gradirei preferirei voler desideriamo voglia gradisco serve servono ' +
      'interessa bisogno',
    receive:
      'ricevere riceverli ricevere_piu essere_contattato essere_contattata essere_disturbato riceverne ricevere_i essere_contattati ' +
      'essere_disturbata essere_piu_contattato ricevo che_mi_scriviate che_mi_mandiate che_mi_contattiate ricevere_altri avere continuare_a_ricevere ' +
      'averne sentirvi',
    dontWant:
      'non_mi_interessa non_sono_interessato non_sono_interessata non_interessato non_mi_interessano non_mi_interessa_piu non_ci_interessa ' +
      'non_interessa nessun_interesse non_mi_interessa_niente non_sono_piu_interessato non_sono_piu_interessata non_ho_bisogno non_ho_interesse ' +
      'nessuna_voglia nessuna_voglia_di non_ho_voglia non_ho_voglia_di',
    noun:
      'messaggio messaggi sms pubblicita promozione promozioni promo offerta offerte notifica notifiche spam email mail comunicazioni newsletter ' +
      'iscrizione messaggini avvisi whatsapp messaggi_pubblicitari invio invii msg mess mex messagi sms_pubblicitari smsini smss pubblicitari ' +
      'promozionale avviso aggiornamenti comunicazione newsletter_e notifica_push consenso autorizzazione permesso abbonamento iscrizioni ' +
      'liscrizione allinvio spazzatura robaccia porcherie roba cose telefonate_promozionali messaggistica mail_pubblicitarie annunci annuncio ' +
      'servizio_sms marketing reclame trattamento wapp whatsapp_e',
    who:
      'mi me il_mio_numero mio_numero questo_numero numero dalla_lista dalla_vostra_lista lista vostra_lista dalle_liste i_miei_dati miei_dati ' +
      'mio_nome dal_database ci elenco dallelenco il_mio_num mio_num questo_num il_mio_cellulare mio_cellulare questo_cellulare il_mio_telefono ' +
      'mio_telefono vostre_liste liste lista_contatti contatti vostri_contatti rubrica vostra_rubrica database vostro_database archivio ' +
      'vostri_archivi archivi banca_dati dalla_banca_dati dati dati_personali miei_dati_personali mio_contatto mio_nominativo nominativo sistema ' +
      'vostro_sistema registro dai_vostri_contatti mailing_list dalla_mailing_list numero_di_telefono noi elenchi dagli_elenchi mia_utenza utenza ' +
      'mio_account rubrica_telefonica',
    ask:
      'potete puoi potreste potresti si_puo potete_per_favore mi_potete per_cortesia sarebbe_possibile e_possibile vorrei_che chiedo_di vi_chiedo ' +
      'vi_chiedo_di vi_prego_di vi_invito invito esigo pretendo pretendo_che la_prego mi_puoi si_potrebbe',
    joined:
      'iscritto iscritta iscrivo registrato registrata abbonato abbonata dato_il_consenso dato_consenso dato_il_mio_numero dato autorizzato ' +
      'autorizzata richiesto richiesti chiesto_nulla accettato acconsentito ordinato comprato cliente conosco fornito',
    beside:
      'negozio azienda ditta societa servizio trasferito traslocato caro garante privacy gdpr denuncia denuncio denuncero molestia molestie illegale ' +
      'spammer',
    block: 'perche quando se ho',
    soft: 'troppi_messaggi sono_stufo sono_stufa che_palle sparite',
    fill:
      'piu di altri altre i il la le gli vostri vostre questi queste questo per favore grazie ciao salve ora subito e che con da a al dal tutti ' +
      'tutte tutto mai_piu cortesemente gentilmente buongiorno buonasera io vi ok per_piacere mio miei immediatamente vostra cazzo maledetti altro ' +
      'nulla del dei delle un una piu_nulla quei fatemi fate prego chiedo desidererei essere mio_nome genere tipo commerciali pubblicitari ' +
      'promozionali inutili cavolo subito_subito vostro contatto voi volta ancora nuovamente pls plz x xfavore perfavore pf nn ke kn grz grz_mille ' +
      'mille millemila raga ragazzi cazzo_di dai eh oh ehi ecco ok_basta veramente davvero sul serio palle coglioni rotture scatole stufo stufa ' +
      'stanco stanca ho_detto detto gia gia_detto gia_chiesto chiesto piu_volte volte vostri_messaggi tale tali qualsiasi qualunque alcun alcuna ' +
      'alcuno nessuno suo suoi sua sue tuoi tue tuo tua mia mie indesiderati indesiderate indesiderato non_richiesti non_richieste promozionale ' +
      'pubblicitario commerciale continui continuo continue ogni giorno sempre tempestivo tempestivamente urgente urgentemente effetto immediato ' +
      'immediata definitivamente definitivo distinti saluti cordiali cordialita spettabile gentile gentili egregi buona giornata serata ' +
      'anticipatamente anticipo in_anticipo parte da_parte vostra_parte futuro in_futuro poi quindi di_nuovo dopo subito_grazie ne l lo li da_voi ' +
      'mi_sono sono stato stata sia siano venga vengano ancora_una_volta col coi sui alla alle agli allo nei nel nella lasciate lascia lasci dalla ' +
      'dalle dagli dallo sto sta sti ste stesso quest codesti codeste suddetto questa quella quel',
    manners:
      'per favore grazie ciao salve cortesemente gentilmente buongiorno buonasera piacere prego saluti',
  },
  {
    language: 'ro',
    leave:
      'dezabonare dezabonati_ma dezabonatima dezaboneaza_ma dezabonez ma_dezabonez sa_ma_dezabonez dezabonarea stergeti_ma sterge_ma scoateti_ma ' +
      'scoate_ma lasati_ma_in_pace lasa_ma_in_pace eliminati_ma renunt dezaboneaza ma_dezabonati dezabonez_ma stergeti_numarul stergeti_numarul_meu ' +
      'scoateti_numarul scoateti_numarul_meu dezabonati_numarul dezabonati dezaboneaza_numarul dezabonare_de_la dezaboneazama dezabonat dezabonata ' +
      'vreau_sa_ma_dezabonez doresc_sa_ma_dezabonez as_dori_sa_ma_dezabonez as_vrea_sa_ma_dezabonez dezabonari anulati_abonamentul ' +
      'anulati_mi_abonamentul stergeti_nr sterge_nr sterge_mi_numarul stergeti_mi_numarul scoateti_mi_numarul scoate_mi_numarul stergetimi_numarul ' +
      'sterge_numarul sterge_numarul_meu scoate_numarul scoate_numarul_meu stergeti_ma_din lasatima_in_pace lasa_ma lasati_ne_in_pace lasama_in_pace ' +
      'lasa_ma_n_pace mai_lasati_ma mai_lasati_ma_in_pace uitati_numarul uitati_numarul_meu uitati_de_mine retrag retrag_acordul ' +
      'retrag_consimtamantul imi_retrag_acordul imi_retrag_consimtamantul imi_retrag ma_opun nu_sunt_de_acord nu_imi_dau_acordul blocati_ma ' +
      'eliminati_numarul elimina_ma eliminati_mi_numarul radiati_ma opriti_mesajele opreste_mesajele oprire_mesaje opriti_smsurile',
    cancel:
      'anulare anuleaza anulati anulez stergeti sterge stergere scoateti eliminati anulati_abonarea in_pace sterg stergerea sterse elimina eliminare ' +
      'eliminarea scoaterea scoate scot retrageti retrage retrag retragerea anularea renunt renuntare blocati bloca blocare dezactivati dezactiveaza ' +
      'dezactivare inchideti inchide radiati radierea suspendati suspenda revoc revocati incetarea taiati',
    end:
      'stop stopp opriti opreste opresteti oprire opriti_va incetati terminati gata_cu ajunge_cu incetati_cu incetati_sa opriti_va_din opreste_te ' +
      'opriti_va_cu opriti_cu opriti_trimiterea opriti_mi incetati_odata inceteaza inceteaza_cu inceteaza_sa terminati_cu terminati_odata termina ' +
      'termina_cu lasati_o_balta lasati_ne destul destul_cu ajunge gata m_am_saturat m_am_saturat_de satul_de satula_de obosit_de sa_incetati ' +
      'sa_opriti puneti_capat suspendati intrerupeti intrerupe stopati stopeaza basta',
    not: 'nu sa_nu niciodata sa_nu_mai nu_mai nu_imi nu_mi n sa_nu_ma nu_ma',
    none: 'fara niciun gata_cu nici_un nicio nici_o fara_alte fara_nici zero niciunul niciuna',
    send:
      'dati trimiteti trimite trimiteti_mi mi_trimiteti mai_trimiteti mai_trimite scrieti scrie contactati contacta sunati suna deranjati deranja trimit ' +
      'mai_scrieti mai_sunati mai_contactati mai_deranjati mai_trimiti mai_contacta plictisiti enervati bateti_capul spamati hartuiti imi_trimiteti ' +
      'sa_imi_trimiteti sa_trimiteti imi_scrieti sa_imi_scrieti sa_scrieti imi_trimite mai_imi_trimiteti trimitet trimitete trimiterea trimiteri ' +
      'expediati expedia scrieti_mi scriti scriind contactez contactezi sa_ma_contactati sa_contactati sunati_ma apelati apela telefonati deranjez ' +
      'sa_ma_deranjati deranjezi deranjand agasati agasa stresati stresa bombardati hartui spama insistati insista smsati notificati notifica ' +
      'informati mesajati trimiteai trimitand transmiteti transmite',
    want: 'vreau doresc vrem as_vrea as_dori doresc_sa vreau_sa dorim intentionez am_nevoie nevoie intereseaza prefer vroiam doream voiam ma_intereseaza',
    receive:
      'primesc primi sa_primesc primim sa_mai_primesc a_primi primeasca primind primire primirea sa_primesc_alte a_mai_primi mai_primesc sa_primim ' +
      'fi_contactat fi_contactata sa_fiu_contactat sa_fiu_contactata sa_fiu_deranjat vad aud auzi sa_aud sa_vad citesc sa_citesc',
    dontWant:
      'nu_ma_intereseaza nu_sunt_interesat nu_sunt_interesata nu_sunt_interesati nu_sunt_deloc_interesat nu_mai_sunt_interesat ' +
      'nu_mai_sunt_interesata nu_ma_intereseaza_ofertele nu_intereseaza nu_mai_ma_intereseaza nu_ma_mai_intereseaza neinteresat neinteresata ' +
      'niciun_interes n_am_interes nu_am_interes nu_am_nevoie nu_am_nevoie_de',
    noun:
      'mesaj mesaje mesajele sms sms_uri smsuri reclame reclama oferte oferta notificari promotii spam publicitate newsletter emailuri reclamele ' +
      'ofertele mesajelor smsurile mesajul msj msjuri mesagele mesage mesajul_s sms_urile sms_ul sms_urilor smsul esemesuri reclamelor publicitar ' +
      'publicitare promo promotiile promotiilor promotie notificare notificarile newslettere newsletterul alerte anunturi anunt informari abonare ' +
      'abonarea abonament abonamentul acord acordul acordului consimtamant consimtamantul consimtamantului permisiunea prostii prostiile tampenii ' +
      'mizerii corespondenta comunicari comunicarile apeluri telefoane mail mailuri emailurile email marketing campanii prelucrarea informatii',
    who:
      'ma mi imi pe_mine numarul_meu acest_numar lista listei din_lista din_lista_voastra datele_mele de_pe_lista baza_de_date baza_voastra baza ' +
      'lista_voastra nr nr_meu nr_de_telefon numarul_meu_de_telefon numarul_de_telefon numar numarul numarul_asta acest_nr acestui_numar numarului ' +
      'telefonul_meu telefonul telefonului telefon mobil lista_dvs lista_dumneavoastra listele_voastre listele listelor liste baza_dvs bazei sistem ' +
      'sistemul sistemului evidente evidenta agenda contacte contactele contactelor datele date datele_personale date_personale ' +
      'datele_mele_personale personale numele_meu numele contul contul_meu mine mie ne nouă noua mi_l',
    ask:
      'puteti poti ati_putea puteti_va_rog se_poate ati_putea_va_rog ai_putea v_as_ruga as_ruga v_as_fi_recunoscator va_solicit solicit cer cer_sa ' +
      'rog_sa rog_sa_nu este_posibil e_posibil vreau_ca va_cer',
    joined:
      'inscris inscrisa abonat abonata inregistrat inregistrata acordul_dat dat cerut solicitat solicitata comandat acceptat autorizat client ' +
      'clienta cunosc cumparat',
    beside:
      'magazin magazinul firma companie mutat scump ilegal hartuire anpc anaf gdpr plangere politie reclamatie reclam',
    block: 'de_ce cand daca am',
    soft: 'prea_multe_mesaje m_am_saturat dati_va_dracului marsh dispareti',
    fill:
      'mai sa va rog te multumesc mersi buna ziua salut de la cu pe si acum imediat alte aceste astea voastre dumneavoastra eu tot toate nimic dvs ' +
      'domnule din meu mea o_data pentru_ca orice niciodata numai fie lasati lasa stimate stimati stimata doamna doamne domn domni domnilor respect ' +
      'cu_respect cu_stima stima neata seara dimineata zi o_zi_buna o zi_buna anticipat ms msm mersic pls plz please pliz hai haideti ba bai frate ' +
      'oameni mai_oameni dom le va_rog_frumos frumos rogu va_rogg te_rog te_rog_frumos inca deja iar iarasi odata pentru pt ca k sa_va dracului ' +
      'dracu naiba la_naiba morti pula porcarii enervante enervant deranjante agasante nedorite nedorit nesolicitate nesolicitat comercial ' +
      'comerciale promotionale publicitare zilnic zilnice mereu tot_timpul timpul permanent constant fiecare altele alta alt acestea acest aceasta ' +
      'acesta asta ale al ai lui lor vostri vostru voastra tale ta tau mele mei fi fost fiu esti sunteti este sunt v li alea viitor in_viitor ' +
      'pe_viitor de_acum inainte incolo vreodata din_nou urgent cat_mai repede curand definitiv complet total ultima ultimul avertisment a_doua ' +
      'a_treia oara spus am_spus cerut am_cerut rugat ziua_buna sms prin despre catre orice_fel orice_tip fel tip de_orice vreun vreo absolut serios ' +
      'chiar pur simplu doar m s l va_cer',
    manners: 'va rog te multumesc mersi buna ziua salut frumos',
  },
  {
    language: 'ca',
    leave:
      'doneu_me_de_baixa donar_me_de_baixa donarme_de_baixa de_baixa baixa esborreu_me elimineu_me deixeu_me_en_pau treieu_me',
    cancel: 'cancellar cancelar esborrar esborreu elimineu anular',
    end: 'stop atura atureu aturar pareu deixeu_de prou prou_de parar',
    not: 'no mai',
    send: 'envieu enviar enviarme enviar_me escriviu escriure contacteu contactar truqueu denviar_me denviarme molesteu',
    want: 'vull voldria desitjo',
    receive: 'rebre',
    noun: 'missatge missatges sms publicitat ofertes promocions spam correus',
    who: 'me em mi el_meu_numero la_llista llista',
    ask: 'podeu pots podrieu',
    fill: 'mes de la el els les us plau si siusplau sisplau gracies hola aquests vostres ja ara a i que vull_que',
    manners: 'si us plau siusplau sisplau gracies hola',
  },
];
