import type { RefusalWords } from './refusal-words.ts';

/**
 * Languages whose letters do not tell how people type them on a Latin keyboard: those that leave vowels or the ends of
 * words unwritten, and those of signs. Russian, Ukrainian, Bulgarian and Greek are made from their own (transliterated.ts).
 */
export const romanisedRefusals: readonly RefusalWords[] = [
  {
    language: 'ar',
    leave:
      'ilgha al2_ishtirak elgha2_elishtirak ilgha_alishtirak ilgha_ishtirak elghaa_el_eshterak elghi_eshteraki alghi_ishtiraki ilghaa_al_ishtirak ilgha_al_ishtirak la_tiz3ijni la_tez3ejni la_tizijni utrukni atrukuni itrukuni sibuni sibooni seebooni seeboony fokko_3anni hill_3anni ' +
      'emsa7_raqmi imsah_raqmi ehzef_raqmi e7zef_raqmi ihzif_raqmi ihthif_raqmi ihdhif_raqmi shil_raqmi sheel_raqmi sheelo_raqmi shilo_raqmi sheelo_ra2my shilo_ra2mi sheelo_ra2mi shil_ra2my emsa7_ra2my emsa7o_ra2my hazf_ra2my',
    cancel: 'ilgha elgha ilghaa elgha2 alghi elghi emsa7 imsah e7zef ihzif ihthif shil sheel shilo sheelo',
    end: 'tawaqaf tawaqqaf tawaqafu tawakkaf tawakaf wa2ef wa2fo wa2fu wakef wakfo waqef waqfo waqif awqif awqifu awkef kifaya kefaya kfaya khalas 5alas bas bass yakfi battal batal batalo battalo batlo battel battlo bitalu ta3abtouna stop',
    not: 'la ma mish msh mesh mush mu mo mosh mabi',
    send: 'tursil tursilu tursilo tursiloo tersel terselo terslo tersilu tersolo turselu tirsil tirsilo tirslu trasil tib3at tib3ato teb3at teb3ato tba3t teb3t teb3ato tib3atu tb3ato tb3at teb3athou tab3ath tib3atli matib3atsh matb3atsh matb3atosh matb3atoosh matebaatosh matba3toosh ib3at irsal tettesel tettaslo tetasel tittasil tukallim torsel torselo torsil torslo',
    want: 'urid uridu oreed 3ayez 3ayz 3awez 3awz ayez awez 3ayza awza abi abgha abghi biddi baddi badi bde bidi aridu areed',
    dontWant: 'mabi mabgha mabghi mabaddi mabeddi ma_abi',
    noun: 'rasayel rasael rasail rasa2el rsayel rsael resayel risala resala rasayil msgat massegat messagat masajat sms messages message msg e3lanat i3lanat ilanat elanat da3aya di3aya promo spam ishtirak',
    who: 'li ly ilayya raqmi rakmi ra2mi ra2my rakamy lna elraqam list lista el_list',
    fill: 'min men fadlak fadlik fadlkom fadlikum law samaht sama7t samahto shukran shokran tani tany tanya marra mara okhra ukhra ba3d alan al2an el2an dilwa2ti hal7in halla2 please el al hay hada hatha hazihi hadhihi ya akhi a5i kaman kamaan aktar akthar mazid almazid abadan el_ al_',
    manners: 'shukran shokran please afwan salam salamu alaikum',
  },
  {
    language: 'he',
    leave:
      'haser haserr hasara lehasir tasiru_oti tasir_oti hasiru_oti hasirou_oti tasiru torid_oti toridu_oti timhaku_oti timchaku_oti azvu_oti taazvu_oti',
    cancel: 'batel batlu levatel timhaku timchaku',
    end: 'tafsik tafsiku tafsiki hafsek hafsiku dai day maspik stop',
    not: 'al lo',
    send: 'lishloach lishloah tishlach tishlechu tishlehu tishlach tishlachu tishlehi',
    want: 'rotze rotza meunyan meunyenet',
    dontWant: 'lo_meunyan lo_meunyenet',
    noun: 'hodaot hodaa sms smsim pirsomot pirsomet spam messages',
    who: 'li oti hamispar_sheli mispar_sheli et_hamispar_sheli mehareshima',
    fill: 'yoter od bevakasha toda nah et kvar achshav ahshav please',
    manners: 'bevakasha toda shalom',
  },
  {
    language: 'fa',
    leave:
      'laghv laghve_eshterak laghv_eshterak laghv11 laghve_ozviat hazfam_konid mano_hazf_konid shomaram_ro_hazf_konid shomare_mano_hazf_konid shomareye_mano_hazf_konid mozahem_nashid mozahem_nashavid mozahem_nasho velam_konid enseraf',
    cancel: 'laghv hazf ghat cancel',
    end: 'bas base basse kafie kafi tavaghof motevaghef stop',
    dontSend:
      'nafrest nafrestid nafrestin naferest naferestid naferestin nadid nadin nade nadahid ersal_nakonid',
    dontWant: 'nemikham nemikhaam nemikhaham nmikham',
    noun: 'payam payamak payama payamha payamaki sms tabligh tablighat tablighati msg massage message eshterak',
    who: 'man mano be_man behem baram barame shomare shomaram shomareye_man',
    fill: 'dige digeh digar lotfan mamnoon mersi merci in ro ra konid konin kon az ha ham bedid bedin befrestid',
    manners: 'lotfan mamnoon mersi salam',
  },
  {
    language: 'bn',
    leave:
      'amake_bad_din amar_number_bad_din amar_number_muche_din amar_number_delete_korun amar_nombor_muche_din birokto_korben_na birokto_koro_na biroktokorben_na',
    cancel: 'batil muche delete cancel',
    end: 'bondho bondo bandho thamun thaman thamao thamo stop off',
    not: 'na nai noy',
    send: 'pathaben pathabe pathano pathio pathiyo pathao dio diben diyen diyo deben dibe',
    want: 'chai',
    dontWant: 'chaina chai_na lagbe_na',
    noun: 'message messages msg sms barta biggapon add offer meseg',
    who: 'amake amar_number amar_numbare amar_number_e ei_number_e amar',
    fill: 'ar aar doya kore please plz pls dhonnobad ami kono korun koren koro kore din dao vai bhai ei eisob apnara apnader karen koiren',
    manners: 'doya kore dhonnobad bhai vai please',
  },
  {
    language: 'mr',
    leave: 'maza_number_kadha maza_number_kadhun_taka mala_kadhun_taka tras_deu_naka tras_deu_nako',
    end: 'band bandh thambva thambava thamba bas pure stop',
    not: 'nako naka nahi',
    send: 'pathvu pathavu pathau pathwu pathavne pathvane pathvne karu',
    want: 'have pahije',
    noun: 'message messages msg sms sandesh jahirat jahirati',
    who: 'mala majhya_numbervar maza maja',
    fill: 'krupaya dhanyavad kara karaa ata aata ankhi aankhi he punha parat please plz aahe',
    manners: 'krupaya dhanyavad please',
  },
  {
    language: 'ta',
    leave:
      'en_number_neekavum en_number_eduthudunga en_number_ah_eduthudunga en_number_remove_pannunga thondharavu_seiyatheenga thollai_pannatheenga disturb_pannathinga disturb_pannatheenga disturb_panna_vendam',
    end: 'niruthu niruthunga niruthungal niruthavum nirutthu nirutthunga nirutthungal podhum pothum stop',
    dontSend:
      'anupathinga anuppathinga anupatheenga anuppatheenga anupadhinga anuppadhinga anuppadheenga anupathe anuppathe anupadhe anupaatheenga anuppaatheenga anupa_vendam anuppa_vendam anupa_venam anuppa_venam pannathinga pannatheenga',
    send: 'anupurathu anupuradha anuppuvathai anupparatha anupuratha',
    dontWant: 'vendam venam venda vendaam venaam',
    noun: 'message messages msg sms seithi seythi kurunjeithi ad ads',
    who: 'enaku enakku ennaku ennai en_number en_numberku',
    fill: 'please plz thayavu seithu nandri ini inimel inimey inime melum intha indha unga panna pannunga ungal',
    manners: 'please nandri thayavu seithu',
  },
  {
    language: 'te',
    leave:
      'na_number_theeseyandi na_number_teeseyandi na_number_tiseyandi na_number_delete_cheyandi na_number_remove_cheyandi nannu_vadileyandi visiginchakandi disturb_cheyakandi disturb_cheyoddu',
    end: 'aapu apu aapandi apandi aapeyandi apeyandi chalu stop',
    dontSend: 'pampakandi pampaku pampavaddu pampoddu pampodhu pampaddu pampakudadu cheyakandi cheyoddu',
    send: 'pampadam pampatam pampinchadam',
    dontWant: 'vaddu oddu vadhu',
    noun: 'message messages msg msgs sms sandesham sandeshalu ads',
    who: 'naku naaku nannu na_number na_numberki',
    fill: 'please plz dayachesi dhanyavadalu inka ika ee e malli meeru mee lu cheyandi',
    manners: 'please dayachesi dhanyavadalu andi',
  },
  {
    language: 'pa',
    leave:
      'mera_number_hatao mera_number_hata_deo mera_number_kaddo mera_number_kat_deo tang_na_karo mainu_hatao',
    end: 'band bund roko bas stop',
    not: 'na nahi nahin naa mat',
    send: 'bhejo bhejna bhejyo bhejeo bhej ghallo pao karo_message',
    want: 'chahide chahida chaida chaide',
    noun: 'message messages msg sms sunehe suneha ad',
    who: 'mainu menu mere_number sanu',
    fill: 'kirpa karke dhanvad meharbani karo kar deo hor hun ji please plz veer dobara ehe eh',
    manners: 'kirpa karke dhanvad ji veer please',
  },
  {
    language: 'th',
    leave:
      'yokloek yok_loek yokleok yok_lerk yoklerk mai_tong_song mai_tong_song_ma ya_song ya_song_ma ya_song_ma_eek yut_song yud_song yoot_song loek_song lerk_song lob_ber ya_robkuan ya_rob_kuan',
    end: 'yut yud yoot stop',
    noun: 'sms khokwam kho_khwam message spam',
    fill: 'khrap krap krub krab kub ka kha na eek ik ma laew leaw duay dai mai na_krub please dai_laew',
    manners: 'khrap krap krub krab ka kha na please',
  },
  {
    language: 'zh',
    leave:
      'tuiding tui_ding quxiao_dingyue qu_xiao_ding_yue jushou ju_shou bie_fan_wo buyao_fan_wo bu_yao_fan_wo bie_fa_le bie_zai_fa bie_zai_fa_le buyao_fa buyao_fa_le buyao_zai_fa buyao_zai_fa_le bu_yao_zai_fa_le bu_yao_zai_fa bu_yao_fa bu_yao_fa_le qing_wu_darao qing_wu_da_rao',
    end: 'tingzhi ting_zhi',
    noun: 'duanxin duan_xin xinxi xin_xi guanggao guang_gao sms',
    send: 'fasong fa_song fa',
    not: 'buyao bu_yao bie',
    fill: 'qing xiexie xie_xie le ba wo gei zai nimen ni nin',
    manners: 'qing xiexie',
  },
  {
    language: 'ja',
    leave:
      'haishin_teishi haishinteishi haishin_kaijo haishin_teishi_kibou teishi teishi_kibou kaijo touroku_kaijo taikai kaiyaku okuranaide okuranaide_kudasai okuruna okurimasenaide yamete yamete_kudasai yamero renraku_shinaide renraku_shinaide_kudasai soushin_shinaide soushin_shinaide_kudasai iranai irimasen fuyou fuyo',
    noun: 'messeji meru sms mail message koukoku kokoku',
    fill: 'mou mo kore_ijou onegai onegaishimasu onegai_shimasu shite kudasai desu wo o wa ha no ni nidoto zettai sumimasen arigatou',
    manners: 'kudasai onegai onegaishimasu arigatou desu',
  },
  {
    language: 'ko',
    leave:
      'sushin_geobu susin_geobu sushingeobu susingeobu sushin_gobu geobu geuman_bonae geuman_bonaeseyo geuman_bonaeyo bonaeji_ma bonaeji_maseyo bonaejimaseyo bonaejima bonaeji_mara gudok_chwiso yeonrak_hajimaseyo yeollak_hajimaseyo geuman',
    end: 'geuman guman jungji geumanhae geumanhaeyo geumanhaseyo stop',
    noun: 'munja munjja mesiji message sms spam gwanggo kwanggo',
    fill: 'jebal jom deo_isang deoisang ije juseyo haejuseyo butak butakdeuryeoyo gamsahamnida',
    manners: 'jebal juseyo gamsahamnida',
  },
];
