import type { RefusalWords } from './refusal-words.ts';

/** From Thailand to Japan, and the islands. */
export const asianRefusals: readonly RefusalWords[] = [
  {
    language: 'zh',
    spaceless: true,
    leave:
      '退订 退訂 取消订阅 取消訂閱 取消訂閲 解除订阅 拒收 拒绝接收 拒絕接收 移除我 删除我 刪除我 把我移除 把我删除 把我刪除 删除我的号码 刪除我的號碼 移除我的号码 移除我的號碼 把我的号码删除 把我的号码删掉 把我的號碼刪除 别烦我 別煩我 不要烦我 不要煩我 别骚扰我 別騷擾我 不要骚扰我 不要騷擾我 不要再骚扰我 不要再騷擾我 别再骚扰我 ' +
      '请勿打扰 請勿打擾 勿扰 勿擾 勿打扰 別打擾我 别打扰我 别再烦我 別再煩我 不要再打扰我 不要再打擾我 停止订阅 停止訂閱 把我的号码从 拉黑 取消关注 刪除我的電話 删除我的电话 停止推送 別吵 别吵 別再吵 别再吵我 别发了 別發了 唔好煩我 唔好再煩我 别来烦我 回复TD 回T退订 回TD退订 td退订 td退訂',
    cancel: '取消 删除 刪除 移除 关闭 關閉',
    end: '停止 停 终止 終止',
    not: '不 不要 别 別 勿 不想 不再 不要再 别再 別再 不用 不需要 不必 唔好 唔要 唔使 唔想 咪',
    send: '发 發 发送 發送 寄 发来 發來 发给 發給 联系 聯繫 聯絡 联络 打扰 打擾 骚扰 騷擾 推送 打电话 打電話 传 傳 发信息 发短信 烦 煩 轰炸 发了 發了 傳送 传送 骚扰电话 私信 再发 再發 send 打 打给 发消息 发信 寄信 传讯 傳訊 傳簡訊 发广告 傳訊息',
    want: '想 要 需要 希望 愿意 願意',
    dontWant:
      '不想 不要 不需要 不愿意 不用 不想再 不要再 没兴趣 沒興趣 冇興趣 不感兴趣 不感興趣 没有兴趣 沒有興趣',
    receive: '收到 接收 收 看到 再收到',
    noun: '短信 信息 消息 简讯 簡訊 讯息 訊息 广告 廣告 垃圾短信 垃圾簡訊 营销短信 推销 推銷 通知 订阅 訂閱 垃圾信息 促銷 促销 垃圾訊息 推广 sms 推广短信 广告短信 廣告簡訊 資訊',
    who: '我 给我 給我 向我 把我 我的号码 我的號碼 我的手机 我的手機 名单 名單 我的电话 我的電話 列表 我嘅電話 我号码 我的',
    ask: '可以 能不能 能否 可不可以',
    block: '为什么 為什麼 什么时候 如果 没 沒 怎么 怎麼',
    fill: '请 請 谢谢 謝謝 感谢 麻烦 麻煩 了 吧 再 的 任何 这些 這些 你们 你們 您 你 贵公司 吗 嗎 好 从 從 中 这种 這種 好吗 好嗎 把 那些 到 更多 此类 此類 給 给 就 你们的 你們的 啦 啊 这 這 多 也 现在 立即 马上 永远 永遠 以后 以後 今后 今後 一直 别的 无聊 的话 來 来 信 条 則 烦死了 真的 老 了吧 里 裡 里面 裡面 咗 啲 嘅 喇 哋 你哋 将 將 掉 回T 回 復 回复 回覆 号码 號碼 手机 手機 电话 電話 要求 申请 申請 帮 幫 帮我 幫我 全部 所有',
  },
  {
    language: 'ja',
    spaceless: true,
    leave:
      '配信停止 配信解除 配信中止 登録解除 購読解除 退会 解約 解除 送らないで 送らないでください 送らないで下さい 送ってこないで 送ってこないでください 送信しないで 送信しないでください 送信しないで下さい 連絡しないで 連絡しないでください ' +
      '連絡してこないで メールしないで 配信しないで 配信しないでください 配信しないで下さい リストから外して リストから外してください リストから削除して 番号を削除して 番号を消して 削除して 削除してください 登録を解除 停止希望 配信停止希望 解除希望 退会希望 送るな 送らないでほしい ' +
      '止めて 止めてください 止めて下さい 停めて とめて とめてください やめて やめてください やめて下さい やめろ 構わないで 送信停止 送信を停止 配信を停止 配信を止めて 配信を停止して メッセージを停止 要りません 不要です 送り付けないで 送りつけないで 拒否します 受信拒否 お断りします 送って来ないで 送ってくるな 停止 配信を止めて 配信を解除 送付しないで 送らんといて 連絡不要 メール不要 停止を希望 停止願います 削除をお願い 停止してください 停止して下さい 停止お願いします 連絡してこないでください 送るのをやめて 送るのをやめてください もう送らないで 消してください リストから消して リストから消してください うざい もういらない もう要らない もういりません もう結構です',
    cancel: 'キャンセル 取り消し 中止 取消',
    end: '停止 中止 終了 ストップ 停止して',
    dontWant:
      'いらない いりません 要らない 受け取りたくない 受け取りたくありません 欲しくない 必要ない 必要ありません 不要 興味ない ほしくない 受けたくない 結構です 興味ありません 興味がない 興味ないです 興味がありません',
    send: '送信 送る 配信 送るの 送るのを 送信するの 連絡 連絡するの',
    noun: 'メッセージ ショートメール メール sms 広告 通知 宣伝 ショートメッセージ お知らせ dm 案内 迷惑メール 勧誘 購読 登録',
    who: '私 わたし 私の番号 この番号 こちら リスト 番号',
    block: 'なぜ いつ どうやって 方法',
    fill: 'もう これ以上 今後 お願いします おねがいします お願い致します お願いいたします お願い ください 下さい ありがとう ありがとうございます すみません 二度と を は の に へ で と が も この これ して します しています したい したいです です ので から いただけますか 頂けますか してください して下さい ほしい 欲しい 早く 即 すぐに 今すぐ 至急 さい ね よ 一切 こと か するの な てください 希望 しつこい 絶対 きちんと 全て すべて ずっと やめてほしい させて いただきます 致します いたします 速やか 迷惑 もらえますか',
  },
  {
    language: 'ko',
    spaceless: true,
    leave:
      '수신거부 수신거부합니다 수신거부해주세요 수신거부요 구독취소 구독해지 구독해제 수신차단 탈퇴 해지 보내지마 보내지마세요 보내지마십시오 보내지말아주세요 보내지말라 보내지말아요 보내지마요 보내지말것 문자하지마 문자하지마세요 연락하지마 연락하지마세요 연락하지말아주세요 ' +
      '그만보내 그만보내세요 그만보내요 그만보내주세요 그만좀보내 그만좀보내세요 그만좀하세요 삭제해주세요 번호삭제 내번호삭제 제번호삭제 번호지워주세요 번호삭제해주세요 빼주세요 명단에서빼주세요 거부 거부합니다 거절합니다 수신거절 하지마세요 그만하세요 그만해 그만해주세요 보내지좀마세요 보내지좀마 해지해주세요 수신을거부합니다 수신거부신청 차단 보내지마라 귀찮게하지마세요 보내지말기 안보내셔도됩니다 안보내주셔도됩니다 수신해지 해지요청 수신거부요청 문자거부 그만좀 안받아요 번호삭제해줘 삭제해줘 제번호삭제해주세요 문자안받을래요 문자보내지마세요 문자보내지마 스팸그만 광고그만 안받을게요 문자사절 사절 수신거부할게요 그만보내라 보내지말라고',
    cancel: '취소 삭제 중단 취소해주세요 지워주세요',
    end: '중지 그만 중단 정지 멈춰 멈춰주세요 중지해주세요 중단해주세요 그만해주세요 스톱 스탑 stop 그만해 중지요',
    dontWant:
      '원하지않습니다 원하지않아요 받고싶지않습니다 받고싶지않아요 필요없어요 필요없습니다 안받고싶어요 안받을래요 싫어요 싫습니다 받기싫어요 안받겠습니다 필요없음 관심없습니다 받기싫습니다 원치않습니다 원치않아요 관심없어요 관심없음 관심없어',
    send: '보내는것 발송 보내기 전송',
    noun: '문자 문자메시지 메시지 메세지 광고 스팸 알림 광고문자 sms 카톡 홍보 구독 연락 스팸문자',
    who: '저에게 나한테 저한테 제번호 내번호 이번호로 이번호 명단 제 저',
    block: '왜 언제',
    fill: '더이상 이제 제발 좀 부탁드립니다 부탁해요 부탁합니다 감사합니다 고마워요 을 를 은 는 이 가 로 의 앞으로 다시는 다시 해주세요 해줘 해주십시오 이런 그런 요 도 더 에서 바랍니다 주세요 하고 합니다 할게요 네 안녕하세요 바로 당장 신청 무료 하겠습니다 절대 정말 진짜 제발요 빨리 지금 바로요 앞으로는 안 것 그런거 이런거 뭐 번호 제발그만 할래요 할게 해라 바람 필요',
  },
  {
    language: 'th',
    spaceless: true,
    leave:
      'ยกเลิกการรับข้อความ ยกเลิกรับข้อความ ยกเลิกข้อความ ยกเลิกการสมัคร ยกเลิกสมาชิก เลิกติดตาม ลบเบอร์ ลบเบอร์ฉัน ลบเบอร์ผม ลบเบอร์นี้ ลบเบอร์ออก ลบฉันออก เอาเบอร์ออก เลิกรับ หยุดส่ง หยุดส่งข้อความ เลิกส่ง เลิกส่งข้อความ อย่าส่งมา อย่าส่งมาอีก อย่าส่ง อย่าส่งข้อความ ไม่ต้องส่งมา ไม่ต้องส่ง ห้ามส่ง อย่ารบกวน ไม่รับข้อความ ไม่ขอรับข้อความ ไม่ขอรับ เลิกยุ่ง ยกเลิกรับ หยุดรบกวน ลบชื่อ ขอยกเลิก เลิกส่งมา ไม่อยากรับ ไม่สะดวกรับ ลบข้อมูล ลบเบอร์ฉันออก ยกเลิกการรับข่าวสาร งดส่ง งดรับ เอาเบอร์ฉันออก หยุดส่งมา บล็อก ไม่อยากได้รับ ไม่ต้องการรับ',
    cancel: 'ยกเลิก ลบ เลิก บอกเลิก',
    end: 'หยุด พอ พอแล้ว stop เลิก งด',
    not: 'อย่า ไม่ ไม่ต้อง ห้าม',
    send: 'ส่ง ส่งมา ติดต่อ โทร โทรมา รบกวน ทัก ทักมา',
    want: 'อยาก ต้องการ อยากได้ สนใจ',
    dontWant: 'ไม่ต้องการ ไม่อยากได้ ไม่เอา ไม่อยาก ไม่สนใจ',
    receive: 'รับ ได้รับ',
    noun: 'ข้อความ โฆษณา sms สแปม ข่าวสาร โปรโมชั่น เอสเอ็มเอส แจ้งเตือน',
    who: 'ฉัน ผม เบอร์ฉัน เบอร์ผม เบอร์นี้ เรา หนู ให้ฉัน รายชื่อ',
    block: 'ทำไม เมื่อไหร่ ถ้า ยังไง',
    fill: 'ครับ ค่ะ คะ นะ กรุณา โปรด ขอบคุณ ช่วย ขอ อีก แล้ว ที มา ให้ ได้ ไหม ด้วย จาก เลย ได้แล้ว อีกแล้ว ต่อไป อีกต่อไป นี้ ได้ไหม หน่อย สักที จ้า ออก การ เลิกได้แล้ว พวกนี้ คับ ทั้งหมด เพิ่ม อีกเลย เบื่อ รำคาญ ทุก แบบนี้ มาก กัน เถอะ เสียที แล้วค่ะ ซะที สักทีเถอะ ซักที หา ถึง',
  },
  {
    language: 'vi',
    leave:
      'huy_dang_ky huy_dang_ki huy_nhan huy_nhan_tin huy_theo_doi xoa_so_toi xoa_so_cua_toi xoa_toi xoa_so_dien_thoai bo_dang_ky tu_choi tu_choi_nhan tu_choi_nhan_tin dung_lam_phien dung_lam_phien_toi dung_lam_phien_nua huy_dich_vu ngung_dang_ky bo_theo_doi tu_choi_quang_cao tc_qc xoa_so_dt khong_nhan_tin_nua khong_co_nhu_cau_nhan huy_nhan_tin_nhan khong_nhan_tin xoa_so_cua_minh xoa_so_minh bo_so_toi dung_goi_nua dung_nhan_tin dung_gui ngung_gui ngung_nhan',
    cancel: 'huy xoa huy_bo',
    end: 'ngung dung_lai ngung_ngay thoi stop cham_dut ngung_lai',
    not: 'khong dung cham ko k kg hong khong_bao_gio',
    send: 'gui nhan nhan_tin goi lien_he spam gui_tin lam_phien quay_ray goi_dien nhan_gui gui_tin_nhan nhan_tin_cho goi_dien_cho',
    want: 'muon can thich co_nhu_cau',
    receive: 'nhan nhan_duoc nhan_them',
    dontWant: 'khong_quan_tam khong_co_nhu_cau khong_muon_nhan khong_can',
    noun: 'tin_nhan tin quang_cao sms spam thong_bao khuyen_mai tin_rac tin_nhan_rac tn qc',
    who: 'toi cho_toi so_toi so_nay so_cua_toi khoi_danh_sach danh_sach minh em cho_minh cho_em tui',
    ask: 'co_the vui_long lam_on',
    block: 'tai_sao khi_nao neu chua sao',
    fill: 'nua them xin cam_on vui_long lam_on nhe nha a cac nhung nay ban da cua den lien_tuc ngay_lap_tuc di oi di_nha giup dum hay ve cho tu vao voi shop di_ban day nua_nhe bat_ky lam phien_phuc giup_toi khoi gap voi_toi vao_so so nao nhieu qua den_toi lai cac_loai dien_thoai',
    soft: 'qua_nhieu_tin_nhan',
    manners: 'vui long lam on cam xin nhe nha',
  },
  {
    language: 'id',
    leave:
      'unreg berhenti_berlangganan hapus_nomor_saya hapus_nomor hapus_nomer_saya hapus_no_saya hapus_saya keluarkan_saya jangan_ganggu jangan_ganggu_saya jangan_hubungi jangan_hubungi_saya keluarkan_nomor_saya batalkan_langganan batal_langganan ' +
      'nyahlanggan padam_nombor_saya padamkan_nombor_saya buang_nombor_saya jangan_kacau jangan_kacau_saya batalkan_langganan_saya hapus_kontak_saya hapuskan_nombor_saya stop_langganan henti_langganan tarik_balik_persetujuan berhenti_langganan keluar_dari_daftar hapus_kontak jangan_sms_lagi jangan_wa_lagi lepaskan_saya padam_nombor',
    cancel:
      'hapus batal batalkan padam buang hapuskan keluarkan dihapus dihilangkan dikeluarkan dihentikan distop stopkan',
    end: 'berhenti stop stopp hentikan setop cukup henti sudahi udahan stopin tolong_hentikan',
    not: 'jangan tidak tak nggak gak ga tdk ngga enggak jgn usah tidak_usah tak_perlu',
    none: 'tanpa tiada',
    send: 'kirim kirimi mengirim kirimkan hubungi menghubungi sms telepon telpon ganggu mengganggu spam hantar menghantar kacau ngirim wa chat kirimin mengirimkan mengirimi telefon ganggu_saya spam_saya',
    want: 'mau ingin minat nak mahu perlu butuh berminat pengen mao ingin_menerima',
    receive: 'menerima terima dapat dapet',
    dontWant: 'tidak_tertarik gak_minat ga_minat tidak_minat tak_berminat tidak_berkenan ga_butuh gak_butuh',
    noun: 'pesan sms iklan promosi spam notifikasi mesej promo pesanan tawaran penawaran wa langganan chat mesej_lagi',
    who: 'saya aku nomor_saya nomor_ini nombor_saya dari_daftar daftar gue senarai dari_senarai nomor_aku kami gw nomer_ini nomer_saya kontak nomor_hp nomer',
    ask: 'bisakah boleh bisa_tolong bolehkah',
    block: 'kenapa kapan kalau belum mengapa bila',
    fill: 'lagi tolong mohon terima_kasih makasih terimakasih ya dong dari ke kepada anda ini yang sila sekarang pada kalian iklannya nya untuk segera kak min deh aja saja semua tq terus apapun apa lah please sih dah sudah apa_apa pls bapak ibu pak bu menerus nomor nomer mengganggu_saya merasa terganggu segera_mungkin nih yg gak_usah tolonglah mohonlah hal apapun_lagi besok capek males spammer ini_ya',
    soft: 'terlalu_banyak_pesan',
    manners: 'tolong mohon terima kasih makasih terimakasih ya dong sila kak min tq',
  },
  {
    language: 'tl',
    leave:
      'alisin_nyo_ako alisin_niyo_ako alisin_mo_ako tanggalin_nyo_ako tanggalin_niyo_ako tanggalin_mo_ako burahin_nyo_number_ko burahin_ang_number_ko alisin_ang_number_ko huwag_niyo_na_akong_itext tigilan_nyo_ako tigilan_niyo_ako tigilan_mo_ako itigil_nyo itigil_niyo tigilan_nyo tigilan_niyo tanggalin_ang_number_ko alisin_ang_numero_ko layuan_nyo_ako paki_alis_ako wag_nyo_na_akong_itext huwag_nyo_na_akong_itext wag_na_po_kayong_mag_text pa_unsubscribe paunsubscribe i_unsubscribe iunsubscribe unsubscribe_na paki_unsubscribe wag_na_magtext huwag_na_magtext paki_alis_number_ko paki_tanggal_number_ko pakitanggal_ako tantanan_nyo_ako tantanan_niyo_ako lubayan_nyo_ako',
    cancel: 'alisin tanggalin burahin kanselahin i_cancel tanggal paki_tanggal pakitanggal pakialis',
    end: 'tigil itigil hinto ihinto stop tama_na tigilan tumigil ihinto_na tigil_na paki_stop pakistop pakitigil tama_na_po tumigil_na_kayo tigilan_na pakitigil_na',
    not: 'huwag wag hwag ayaw ayoko ayaw_ko wag_na huwag_na',
    send: 'magtext mag_text magpadala mag_send itext padala padalhan tumawag tawagan guluhin isend magsend nagtetext kontakin istorbohin padalan i_text mag_message magmessage mag_spam magspam nag_text magtetext nagtext',
    want: 'gusto',
    dontWant: 'ayaw ayoko ayaw_ko hindi_interesado di_interesado hindi_ako_interesado di_ako_interesado',
    receive: 'makatanggap matanggap tumanggap',
    noun: 'text mensahe texts message messages sms spam ads promo',
    who: 'ako akin sa_akin sakin number_ko numero_ko sa_list',
    fill: 'na po nyo niyo ninyo kayo kayong ng mga ang please pls salamat muna ninyong ko opo naman ulit kang mo sa pa mula inyo dito lang paki akong yung yan itong dyan diyan talaga ako_na hindi_na wala_nang ba kasi dami',
    soft: 'ang_daming_text',
    manners: 'po na salamat please',
  },
  {
    language: 'lo',
    spaceless: true,
    leave: 'ຍົກເລີກຂໍ້ຄວາມ ຢຸດສົ່ງຂໍ້ຄວາມ ຢ່າສົ່ງມາອີກ ຢຸດສົ່ງ',
    end: 'ຢຸດ',
    noun: 'ຂໍ້ຄວາມ',
    fill: 'ກະລຸນາ ຂອບໃຈ ແດ່',
  },
  {
    language: 'km',
    spaceless: true,
    leave: 'ឈប់ផ្ញើសារ កុំផ្ញើសារ ឈប់ផ្ញើ កុំផ្ញើមកទៀត លុបលេខខ្ញុំ',
    end: 'ឈប់',
    noun: 'សារ',
    fill: 'សូម អរគុណ ទៀត មក ខ្ញុំ',
  },
  {
    language: 'my',
    spaceless: true,
    leave: 'မပို့ပါနဲ့ မပို့ပါနှင့် စာမပို့ပါနဲ့ ရပ်ပါ',
    end: 'ရပ်',
    noun: 'စာ မက်ဆေ့ချ်',
    fill: 'ကျေးဇူးပြု၍ ကျေးဇူး တော့ ထပ်',
  },
];
