import type { RefusalWords } from './refusal-words.ts';

/** English and the languages that came of Latin. */
export const latinRefusals: readonly RefusalWords[] = [
  {
    language: 'en',
    leave:
      'unsubscribe unsub unsubscribe_me unsubscribing opt_out optout opt_me_out opting_out remove_me remove_us remove_my_number ' +
      'remove_number remove_this_number take_me_off take_us_off take_my_number_off delete_my_number delete_this_number ' +
      'lose_my_number lose_this_number leave_me_alone leave_us_alone leave_me_tf_alone leave_me_the_fuck_alone leave_me_the_hell_alone deregister unregister revoke_my_consent withdraw_my_consent ' +
      'revoke_consent withdraw_consent cease_and_desist cease_contact discontinue_contact take_this_number_off do_not_contact want_off want_out take_me_out take_my_name_off be_removed be_taken_off unsubbed fuck_off_and_leave_me_alone do_not_disturb withdraw_consent dont_disturb stop_subscription stop_my_subscription no_longer_consent i_do_not_consent dont_consent unenroll unenroll_me disenroll drop_me_from scratch_me_off strike_me_off get_me_off take_me_out_of forget_my_number erase_my_number remove_my_contact remove_my_info delete_me block_me stop_it_with',
    cancel: 'cancel end delete remove terminate revoke discontinue withdraw off out',
    end: 'stop stopp quit cease discontinue halt knock_off cut_out enough_with enough_of',
    not: 'dont do_not never dont_ever do_not_ever not no_longer',
    none: 'no_more no_further no_any_more zero',
    send:
      'send sending text texting message messaging contact contacting write writing write_to writing_to sms email ' +
      'emailing bother_me bother_us bothering_me bothering_us spam spamming harass harassing call_me call_us calling_me calling_us txt txting msg msging solicit soliciting pester pestering ' +
      'reach_out reaching_out advertise advertising market marketing bug bugging annoy annoying notify notifying txtin textin messagin sendin spammin',
    want: 'want wish need care like wanna interested_in want_to would_like_to wish_to need_to',
    receive:
      'receive receiving get getting be_texted be_contacted be_messaged be_on be_bothered hear see getting_any',
    dontWant:
      'not_interested no_interest no_longer_interested not_interested_in no_interest_in sick_of tired_of',
    noun:
      'text texts message messages messaging sms mms alert alerts promo promos promotion promotions offer offers ad ads advert ' +
      'adverts advertisement advertisements notification notifications update updates spam marketing mail mails email emails ' +
      'newsletter newsletters communication communications crap shit junk bs bullshit deals coupons reminders txts txt msgs msg solicitations ' +
      'call calls text_messages coupons campaigns solicitation advertising enrolment mailings mailing blasts texting_service',
    who:
      'me us my_number this_number my_phone my_cell my_mobile this_phone my_phone_number this_phone_number your_list the_list ' +
      'this_list all_lists your_lists mailing_list text_list texting_list marketing_list sms_list contact_list your_database ' +
      'database your_system my_name my_details my_information my_info list lists account_texts group_chat this_group the_group group this_thread chat my_line my_inbox this_line this_device',
    ask: 'can_you could_you would_you will_you can_u could_u may_i how_about',
    self: 'i we',
    link: 'of the your ur to from with at on in for and my',
    block:
      'you_dont you_never why if unless until they we_never i_never didnt cant you_do_not who when but isnt wont ' +
      'couldnt cannot did have thanks_for thank_you_for glad love loved for_not',
    fill:
      'any more anymore again ever all these those this that you u  immediately now ' +
      'right_now right_away please pls plz just further other such unwanted unsolicited stupid damn damned fucking fuckin freaking ' +
      'annoying kindly would am i_am im asking sending_to it guys you_guys longer here so everything stuff at_all already ' +
      'forever thanks thank_you thx ok okay hi hello hey dear sir madam anything else both daily constant endless yourself ' +
      'shitty bloody god ffs wtf promotional commercial automated company yall people rn asap tf idiots spammers will_not lets down up would_like i_would id asshole assholes bitch bitches morons dumbass jerks take get drop put pull please_and_thank_you jeez man dude bro sirs madam fuck_off piss_off so_many way freakin flipping effing whatsoever henceforth going_forward another single one more_of still keep kept constantly every day week via by through phone cell mobile device line automated robo bot subscription_to enrollment_in asshat weirdo creep creeps loser losers already_said lol go_away get_lost tyvm txtin textin sendin suyos frm',
    soft: 'too_many_messages',
    manners:
      'please thanks kindly hi hello hey ok okay sorry cheers ta regards peace bye tyvm tysm appreciated',
  },
  {
    language: 'fr',
    leave:
      'desabonnez_moi desabonne_moi desabonner desabonnement desabonnez desabonne desinscrire desinscription desinscrivez_moi ' +
      'desinscrivez desinscris_moi me_desabonner me_desinscrire retirez_moi retire_moi enlevez_moi enleve_moi supprimez_moi ' +
      'rayez_moi sortez_moi otez_moi desabonnage mopposer je_moppose fichez_moi_la_paix foutez_moi_la_paix laissez_moi_tranquille ' +
      'laisse_moi_tranquille lachez_moi desengagement stopsms stoppub revoque retrait_consentement je_retire_mon_consentement ne_plus_recevoir ne_plus_etre_contacte ne_plus_etre_contactee desinscris desabonnes supprimez_mon_numero retirez_mon_numero enlevez_mon_numero effacez_mon_numero desabo desinscrip',
    cancel:
      'supprimez supprime supprimer retirez retirer effacez effacer annuler annulez annule resilier enlevez radiez',
    end: 'stop stopp stopper stoppez arret arrete arreter arretez cessez cesser cesse arretez_de arreter_de marre_de assez_de ras_le_bol_de fini finissez halte',
    not: 'ne n pas',
    none: 'plus_de plus_aucun plus_aucune plus_d aucun aucune pas_de pas_d pas_dautres',
    send:
      'envoyez envoyer envoie envoi envois menvoyer menvoyez nenvoyez denvoyer envoyez_moi contacter contactez contacte me_contacter ecrire ' +
      'ecrivez ecris decrire mecrire mecrivez spammer spammez harceler harcelez deranger derangez solliciter sollicitez demarcher appeler appelez mappeler ' +
      'mappelez mettre nous_envoyer lenvoi prospecter importuner importunez relancer recontacter recontactez renvoyer renvoyez reecrire relancez adresser adressez messager embeter embetez texter textez polluer polluez saouler saoulez',
    want: 'veux voudrais souhaite desire veut voulons aimerais souhaiterais',
    receive: 'recevoir etre_contacte etre_contactee etre_derange',
    dontWant:
      'pas_interesse pas_interessee pas_d_interet pas_interesses refuse je_refuse refusons ne_souhaite_plus',
    noun:
      'message messages sms texto textos pub pubs publicite publicites mail mails notification notifications promo promos promotion ' +
      'promotions offre offres info infos spam newsletter communication communications sollicitations mms abonnement messagerie demarchage prospection courriers',
    who: 'moi me mon_numero ce_numero mon_tel mon_telephone votre_liste vos_listes cette_liste la_liste liste vos_fichiers votre_fichier fichier votre_base mes_coordonnees mes_donnees mon_nom',
    ask: 'pouvez_vous peux_tu pourriez_vous est_ce_possible est_il_possible veuillez merci_de priere_de',
    block: 'jamais_recu pourquoi quand si',
    fill:
      'je j vous tu nous de d des du la le les l vos votre ces cet cette ce a au aux sur plus jamais svp merci stp bonjour bonsoir ' +
      's il te plait sil vous et maintenant immediatement tout_de_suite en tous toutes tout encore commerciaux publicitaires par mes ' +
      'mon cela ca tel telephone numero desormais definitivement monsieur madame autre autres salut non que quoi rien indesirables ici ok bordel putain sans_arret suis avec aux dautres nimporte_quoi ca_suffit suffit encore_une_fois base donnees renvoi assez ce_genre genre type sollicitations_commerciales une un dernier derniere fois rapidement urgent immediat merde bande cons demande souhait consentement possible immediatement numero_de on me plaisir bonne journee soiree par_avance avance davance jen ai nen peux_plus',
    soft: 'trop_de_messages trop_de_sms',
    manners: 'svp stp merci bonjour bonsoir sil te vous plait salut cordialement',
  },
  {
    language: 'es',
    leave:
      'darme_de_baja dar_de_baja denme_de_baja deme_de_baja dame_de_baja dadme_de_baja  desuscribirme desuscribir desuscribanme ' +
      'desuscribeme desuscripcion cancelar_suscripcion cancelar_mi_suscripcion anular_suscripcion borrenme borrame borreme borradme eliminenme eliminame ' +
      'elimineme quitenme quitame quiteme saquenme sacame saqueme remuevanme dejenme_en_paz dejame_en_paz dejadme_en_paz no_molesten no_molestar ' +
      'no_molestes no_me_molesten no_me_molestes dejen_de_molestar deja_de_molestar dejen_de_joder no_jodan no_jodan_mas me_doy_de_baja doy_de_baja solicito_la_baja solicito_baja quiero_la_baja baja_por_favor dejar_de_recibir retiro_mi_consentimiento revoco_mi_consentimiento remover removerme sacarme quitarme borrarme eliminarme desinscribir desinscribirme desinscribanme desapuntarme desapuntenme desapuntadme dar_baja quiero_baja dame_d_baja denme_d_baja darme_d_baja de_d_baja',
    cancel:
      'cancelar cancela cancelen cancele anular anulen borrar borren borra borre eliminar eliminen elimina elimine quitar quiten quita saquen baja retirar retiren cancelacion cancelame',
    end:
      'stop stopp parar paren pare para_ya alto basta basta_de deja_de dejen_de deje_de dejad_de parad_de para_de paren_de pare_de parar_de detener detengan ' +
      'detenganse terminen suspender suspendan cesen_de dejar_de ya_basta dejen_ya_de parenle parele parale',
    not: 'no nunca jamas',
    none: 'no_mas ni_un ni_una_mas ningun',
    send:
      'envien envies enviar enviarme envie enviando enviarnos manden mandes mandar mandarme mande mandando manda enviame mandame escriban escribas escribir ' +
      'escribirme escriba contacten contactar contactarme contactes contacte llamen llamar llamarme llames lleguen spamear mandeis envieis escribais molesten ' +
      'molestar molestarme molestes enviarme_mas mandarme_mas jodan joder contactarnos insistan insistir escribirnos texteen textear texteenme enviando_mas molestando chingando fastidiar fastidien acosar acosen marcar marquen',
    want: 'quiero deseo queremos quisiera gustaria',
    receive: 'recibir recibirlos seguir_recibiendo que_me_lleguen tener',
    dontWant:
      'no_me_interesa no_interesado no_interesada no_estoy_interesado no_estoy_interesada no_tengo_interes',
    noun:
      'mensaje mensajes sms texto textos msj msjs mensajitos publicidad promocion promociones promos oferta ofertas notificacion notificaciones ' +
      'spam correos correo anuncios anuncio avisos whatsapp whatsapps info propaganda suscripcion cosas mensajeria promocionales publicitarios comunicaciones correspondencia promociones_y texts messages mensajes_suyos',
    who: 'me mi_numero este_numero mi_telefono mi_celular su_lista la_lista tu_lista esta_lista lista sus_listas mis_datos mi_nombre su_base base_de_datos su_base_de_datos nos a_mi numero telefono mi_cel mi_numerito',
    ask: 'pueden puede puedes podrian podria podeis podrias hagan_el_favor',
    block: 'por_que porque cuando si tengo llegan llego he',
    fill:
      'mas de del la el los las sus tus su tu estos esos este ese a al por favor porfavor porfa gracias hola ya ahora y que con en esta esa ' +
      'todos todas todo tanto tantos nunca_mas yo lo usted ustedes buenas buenos dias tardes mi estas otra vez senores inmediatamente por_dios ' +
      'estoy cansado cansada harto harta mierda pinche pinches putos para un una le les quiero_que ok tipo vuelvan vuelva vuelvas vuelvo volver nada favor suficiente cualquier tipo envio solicito pido chingados carajo coño hostia joder_ya cansen queridos inmediato momento hacer hagan ser contactado dato basta_ya eso esas todos_los dia suyos suyo pesado pesados pesada d cansones chavos',
    soft: 'demasiados_mensajes muchos_mensajes',
    manners: 'por favor gracias hola porfa porfavor buenas buenos dias tardes noches saludos xfa xfavor',
  },
  {
    language: 'pt',
    leave:
      'descadastrar descadastre descadastrem me_descadastrar me_descadastre me_descadastrem me_remova me_removam remova_me me_tire me_tirem ' +
      'me_tira me_retire me_retirem me_exclua me_excluam quero_sair desinscrever desinscrever_me cancelar_inscricao cancelar_assinatura ' +
      'me_deixe_em_paz me_deixem_em_paz me_deixa_em_paz deixem_me_em_paz descadastramento me_desinscrever retirem_me removam_me me_apague ' +
      'cancelar_cadastro cancela_meu_cadastro cancele_meu_cadastro parem_de_me_encher nao_me_perturbe nao_me_incomodem nao_me_incomode quero_cancelar_o_recebimento deixar_de_receber solicito_descadastro descadastro remover descadastra anular_subscricao cancelar_subscricao anular_inscricao cancelar_o_cadastro quero_descadastrar esquece_meu_numero esquecam_meu_numero',
    cancel:
      'cancelar cancela cancele cancelem remover remova remova removam excluir exclua excluam tirar tirem tire apagar apaguem apague retirar retirem sair baixa bloquear retirem tira_o exclui anular anule anulem bloqueia bloqueie',
    end: 'stop stopp parar pare parem para_de pare_de parem_de parar_de para_com chega_de chega basta basta_de deixe_de deixem_de interromper interrompam suspender suspendam cessem acabem acabe acabar chega_ja',
    not: 'nao n nunca jamais',
    none: 'nao_mais sem nenhum nenhuma',
    send:
      'envie enviem enviar envia enviando me_envie mande mandem mandar manda mandando me_mande escreva escrevam escrever contate contatem contatar contacte ' +
      'contactem contactar ligue liguem ligar enviar_me mandar_me enche encham encher perturbe perturbem perturbar incomode incomodem incomodar spammar chame mandarem enviarem mensagear chatear chateiem chateie importunar importunem amolar amolem envio_de encher_o_saco',
    want: 'quero desejo queremos gostaria queria',
    receive: 'receber receber_mais ser_contactado ser_contatado recebe_las',
    dontWant:
      'nao_tenho_interesse sem_interesse nao_me_interessa nao_estou_interessado nao_estou_interessada',
    noun: 'mensagem mensagens sms msg msgs texto textos promocao promocoes propaganda propagandas oferta ofertas publicidade notificacao notificacoes spam email emails whatsapp whats zap anuncios avisos newsletter torpedo torpedos mensagenzinhas comunicacoes envio envios subscricao inscricao assinatura propagandinha comunicacao mensagenzinha mensagem_de_texto isso isto',
    who: 'me mim meu_numero este_numero esse_numero meu_telefone meu_celular meu_telemovel lista_de_contatos sua_lista vossa_lista essa_lista esta_lista desta_lista dessa_lista da_lista lista meus_dados meu_nome cadastro sua_base o_meu_numero minha_linha meu_contato o_meu_contacto',
    ask: 'podem pode poderia poderiam da_pra dava_para voces_podem voce_pode',
    block: 'por_que porque quando se tenho chegou',
    fill:
      'mais de da do a o as os me suas sua seu seus essas esses estas estes esta este por favor pfv pf pfvr obrigado obrigada ola oi ja agora e que com em no na ' +
      'eu voce voces tambem bom boa dia tarde noite dessas desses vossas vossos tantas imediatamente chato ok favor outra vez todas todos tudo para pra comigo minha meu nem porra saco gente favor_de nada qualquer tipo inferno caramba ai voltem volte voltar enviarem mandarem gentileza gentilmente solicito peço imediatamente hoje ser aborrecam voces_ja dai vcs vc q',
    soft: 'muitas_mensagens',
    manners:
      'por favor obrigado obrigada ola oi pfv pf pfvr bom boa dia tarde noite valeu grato grata vlw obg',
  },
  {
    language: 'it',
    leave:
      'disiscrivetemi disiscrivimi disiscrivermi disiscrivere disiscrivi disiscrizione cancellatemi cancellami cancellarmi toglietemi toglimi rimuovetemi ' +
      'rimuovimi rimuovermi eliminatemi eliminami lasciatemi_in_pace lasciami_in_pace lasciatemi_stare annullare_iscrizione annulla_iscrizione disdetta ' +
      'disattivatemi revoco_il_consenso revoca_consenso revoco_consenso cancellate_il_mio_numero cancellate_mio_numero disiscrivete non_disturbate non_disturbare revoca_del_consenso smettete_di_scrivermi non_ricevere_piu cancellazione rimozione disiscrivermi_da non_scocciate non_rompete lasciateci_in_pace',
    cancel:
      'cancellare cancella cancellate annullare annulla annullate eliminare eliminate rimuovere rimuovete togliere togliete disattivare disattivate disdire revoco uscire cancellato cancellata rimosso rimossa eliminato eliminata tolto tolta levate levatemi',
    end: 'stop stopp basta basta_con basta_coi fermare fermate fermatevi smettete smettetela smettila smetti smettere smettila_di smettete_di smetti_di smettere_di finitela interrompere interrompete sospendere sospendete cessate',
    not: 'non mai',
    none: 'niente_piu nessun nessuno no_a niente',
    send:
      'mandate mandatemi mandarmi mandare mandi inviate inviatemi inviarmi inviare invii scrivete scrivetemi scrivermi scrivere contattate contattatemi contattarmi ' +
      'contattare chiamate chiamatemi chiamarmi disturbate disturbatemi disturbarmi disturbare rompete di_mandarmi di_inviarmi di_scrivermi spammare inviateci mandateci scocciare scocciate seccare seccate',
    want: 'voglio desidero vorrei vogliamo intendo',
    receive: 'ricevere riceverli ricevere_piu essere_contattato essere_contattata essere_disturbato',
    dontWant: 'non_mi_interessa non_sono_interessato non_sono_interessata non_interessato',
    noun: 'messaggio messaggi sms pubblicita promozione promozioni promo offerta offerte notifica notifiche spam email mail comunicazioni newsletter iscrizione messaggini avvisi whatsapp messaggi_pubblicitari invio invii',
    who: 'mi me il_mio_numero mio_numero questo_numero numero dalla_lista dalla_vostra_lista lista vostra_lista dalle_liste i_miei_dati miei_dati mio_nome dal_database ci elenco dallelenco',
    ask: 'potete puoi potreste potresti si_puo',
    block: 'perche quando se ho',
    fill:
      'piu di altri altre i il la le gli vostri vostre questi queste questo per favore grazie ciao salve ora subito e che con da a al dal tutti tutte tutto mai_piu ' +
      'cortesemente gentilmente buongiorno buonasera io vi ok per_piacere mio miei immediatamente vostra cazzo maledetti altro nulla del dei delle dal un una piu_nulla quei fatemi fate vi prego chiedo desidererei essere mio_nome genere tipo commerciali pubblicitari promozionali inutili cavolo immediatamente subito_subito vostro contatto voi volta ancora nuovamente',
    soft: 'troppi_messaggi',
    manners:
      'per favore grazie ciao salve cortesemente gentilmente buongiorno buonasera piacere prego saluti',
  },
  {
    language: 'ro',
    leave:
      'dezabonare dezabonati_ma dezabonatima dezaboneaza_ma dezabonez ma_dezabonez sa_ma_dezabonez dezabonarea stergeti_ma sterge_ma scoateti_ma scoate_ma ' +
      'lasati_ma_in_pace lasa_ma_in_pace eliminati_ma renunt dezaboneaza ma_dezabonati dezabonez_ma stergeti_numarul stergeti_numarul_meu scoateti_numarul scoateti_numarul_meu',
    cancel: 'anulare anuleaza anulati anulez stergeti sterge stergere scoateti eliminati anulati_abonarea',
    end: 'stop stopp opriti opreste opresteti oprire opriti_va incetati terminati gata_cu ajunge_cu incetati_cu incetati_sa opriti_va_din',
    not: 'nu sa_nu niciodata',
    none: 'fara niciun gata_cu nici_un',
    send: 'trimiteti trimite trimiteti_mi mi_trimiteti mai_trimiteti mai_trimite scrieti scrie contactati contacta sunati suna deranjati deranja trimit mai_scrieti mai_sunati mai_contactati mai_deranjati mai_trimiti mai_contacta plictisiti enervati bateti_capul spamati hartuiti',
    want: 'vreau doresc vrem as_vrea',
    receive: 'primesc primi sa_primesc primim sa_mai_primesc a_primi',
    dontWant: 'nu_ma_intereseaza nu_sunt_interesat nu_sunt_interesata nu_sunt_interesati',
    noun: 'mesaj mesaje mesajele sms sms_uri smsuri reclame reclama oferte oferta notificari promotii spam publicitate newsletter emailuri reclamele ofertele mesajelor smsurile',
    who: 'ma mi imi pe_mine numarul_meu acest_numar lista listei din_lista din_lista_voastra datele_mele de_pe_lista baza_de_date baza_voastra baza lista_voastra',
    ask: 'puteti poti ati_putea',
    block: 'de_ce cand daca am',
    fill: 'mai sa va rog te multumesc mersi buna ziua salut de la cu la pe si acum imediat alte aceste astea voastre dumneavoastra eu tot toate nimic dvs domnule din meu mea o_data pentru_ca orice niciodata numai fie',
    soft: 'prea_multe_mesaje',
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
