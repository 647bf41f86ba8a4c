import type { RefusalWords } from './refusal-words.ts';

/** From Thailand to Japan, and the islands. */
export const asianRefusals: readonly RefusalWords[] = [
  {
    language: 'zh',
    spaceless: true,
    leave:
      '退订 退訂 取消订阅 取消訂閱 取消訂閲 解除订阅 拒收 拒绝接收 拒絕接收 移除我 删除我 刪除我 把我移除 把我删除 把我刪除 删除我的号码 刪除我的號碼 移除我的号码 移除我的號碼 把我的号码删除 把我的号码删掉 把我的號碼刪除 别烦我 別煩我 不要烦我 不要煩我 别骚扰我 ' +
      '別騷擾我 不要骚扰我 不要騷擾我 不要再骚扰我 不要再騷擾我 别再骚扰我 请勿打扰 請勿打擾 勿扰 勿擾 勿打扰 別打擾我 别打扰我 别再烦我 別再煩我 不要再打扰我 不要再打擾我 停止订阅 停止訂閱 把我的号码从 拉黑 取消关注 刪除我的電話 删除我的电话 停止推送 別吵 别吵 ' +
      '別再吵 别再吵我 别发了 別發了 唔好煩我 唔好再煩我 别来烦我 回复TD 回T退订 回TD退订 td退订 td退訂 把我号码删 把我號碼刪 把我电话删 把我電話刪 把我手机号删 把我手機號刪 退訂了 我要退订 我想退订 我要退訂 我想退訂 请退订 請退訂 退订此 拒绝短信 ' +
      '拒絕簡訊 拒收短信 拒收簡訊 删掉我 刪掉我 删了我 把我拉黑 把我删 把我刪 移出名单 移出名單 移除名单 移除名單 从名单 從名單 把号码删 把號碼刪 删号码 刪號碼 别联系我 別聯繫我 别再联系我 不要联系我 不要聯絡我 別聯絡我 別再聯絡我 勿联系 勿聯絡 別打擾 别打扰 ' +
      '別再打擾 别再打扰 不要打扰 不要打擾 别骚扰 別騷擾 停止骚扰 停止騷擾 别烦 別煩 別來煩 别来烦 忘了我的号码 撤回同意 撤销同意 撤銷同意 不同意 不同意接收 注销 註銷 屏蔽 封鎖 黑名单 解除绑定 停收 我要取消訂閱 唔好再send 唔好send 唔好再傳 唔好再寄 ' +
      '唔好再搵我 咪再搵我 咪再煩我 唔使再send 取消登記 剔除 撇除',
    cancel:
      '取消 删除 刪除 移除 关闭 關閉 删掉 刪掉 删去 刪去 去掉 去除 清除 抹掉 移走 移出 移開 踢出 拿掉 拿走 撤销 撤銷 撤回 终止 终结 退出 解除 关掉 關掉 停用 停掉 剔走 除名 踢走 取消掉 退',
    end: '停止 停 终止 終止 停止给 停止給 别再继续 停下 停下来 停一停 停手 收手 够了 夠了 受够了 受夠了 到此为止 不要继续 不要繼續 中止 停发 停發 停掉 停了吧 停咗 收声',
    not:
      '不 不要 别 別 勿 不想 不再 不要再 别再 別再 不用 不需要 不必 唔好 唔要 唔使 唔想 咪 不会再 甭 休想 莫 無需 无需 無須 无须 不必再 没必要 沒必要 不得 不准 不許 不许 禁止 拒绝 拒絕 謝絕 谢绝 婉拒 不可再 无意 無意 唔需要 唔想再 唔好再 无需再 ' +
      '不希望 不希望再 不願 不愿 不願意 不愿意 不能再 不可以 停止再',
    send:
      '发 發 发送 發送 寄 发来 發來 发给 發給 联系 聯繫 聯絡 联络 打扰 打擾 骚扰 騷擾 推送 打电话 打電話 传 傳 发信息 发短信 烦 煩 轰炸 发了 發了 傳送 传送 骚扰电话 私信 再发 再發 send 打 打给 发消息 发信 寄信 传讯 傳訊 傳簡訊 发广告 傳訊息 ' +
      '发来了 發來了 发过来 發過來 寄来 寄來 寄给 寄給 寄送 传来 傳來 传给 傳給 传了 傳了 推 推给 推給 群发 群發 发垃圾 轟炸 打过来 打過來 来电 來電 致电 致電 拨打 撥打 call 搵 搵我 聯絡我 联络我 联系我 聯繫我 打擾我 打扰我 骚扰我 騷擾我 吵 ' +
      '吵我 煩我 烦我 烦人 通知我 转发 轉發 push 发那些 發那些 刷屏 洗版 send俾 發俾 傳俾 寄俾 宣传 宣傳 打广告',
    want: '想 要 需要 希望 愿意 願意 想要 想再 要再 想继续 想繼續 需 有兴趣 有興趣 感兴趣 感興趣 希望再 稀罕 兴趣 興趣',
    receive:
      '收到 接收 收 看到 再收到 收到任何 接到 收取 接受 看见 看見 看 收听 接收到 收到了 得到 被打扰 被打擾 收受 再收 再接收',
    dontWant:
      '不想 不要 不需要 不愿意 不用 不想再 不要再 没兴趣 沒興趣 冇興趣 不感兴趣 不感興趣 没有兴趣 沒有興趣 不需 无兴趣 無興趣 不感冒 唔需要 唔想要 唔要 唔想 用不着 用不著 不需要了 不想看 不想看到 不想收 不想收到 不想再收 不想再收到 不愿收到 唔想收 唔想收到 ' +
      '唔想再收 不想接收 没有任何兴趣 不希望收到 唔使',
    noun:
      '短信 信息 消息 简讯 簡訊 讯息 訊息 广告 廣告 垃圾短信 垃圾簡訊 营销短信 推销 推銷 通知 订阅 訂閱 垃圾信息 促銷 促销 垃圾訊息 推广 sms 推广短信 广告短信 廣告簡訊 資訊 资讯 短訊 短讯 短信息 訊 短信服务 簡訊服務 推广信息 推廣訊息 推廣 广告信息 ' +
      '廣告訊息 行銷 行銷簡訊 行銷訊息 營銷 营销 营销信息 促銷簡訊 促销短信 促销信息 促銷訊息 优惠 優惠 优惠信息 優惠訊息 優惠簡訊 特价 折扣信息 活动信息 活動訊息 活动通知 宣传信息 宣传 宣傳 推播 推文 推送 消息推送 邮件 郵件 電郵 垃圾邮件 垃圾 垃圾消息 ' +
      '垃圾廣告 垃圾广告 同意 授权 授權 会员 會員 服务 服務 提醒 電話推銷 推销电话 推銷電話 騷擾 骚扰 骚扰短信 骚扰信息 騷擾訊息 騷擾簡訊 电话 电邮 彩信 东东 message msg promo whatsapp 訂閱服務 电话营销 spam 資料處理',
    who:
      '我 给我 給我 向我 把我 我的号码 我的號碼 我的手机 我的手機 名单 名單 我的电话 我的電話 列表 我嘅電話 我号码 我的 俺 本人 咱 我们 我們 我本人 我这 我這 我这边 我這邊 我這裡 我手机 我手機 我電話 我电话 此号码 此號碼 这个号码 這個號碼 这号码 這號碼 ' +
      '该号码 該號碼 本号码 本號碼 本机 本機 此号 此號 门号 門號 我的資料 我的资料 个人信息 個人資料 个人资料 个资 個資 我的信息 我的名字 名字 姓名 联系人 聯絡人 通讯录 通訊錄 联系列表 客户名单 客戶名單 数据库 數據庫 資料庫 数据 系统 系統 群 群组 群組 ' +
      '清单 清單 发送列表 邮件列表 會員資料 账号 帳號 俾我 畀我 比我 同我 跟我 我電 我嘅 我嘅號碼 我哋 我号',
    ask: '可以 能不能 能否 可不可以 可否 能 能不能不要 可唔可以 可不可以不要 請求 请求 要求 拜托 拜託 麻烦你 麻煩你 烦请 煩請 恳请 懇請 希望你们 希望你們 希望贵 請你們 请你们',
    reason:
      '我没注册 没注册过 没有注册 没有注册过 從沒註冊過 从没注册过 沒註冊過 沒有註冊 从来没注册 从来没有注册过 從來沒有註冊過 没订阅 没订阅过 没有订阅 从没订阅过 沒訂閱 沒訂閱過 沒有訂閱 從沒訂閱過 没同意过 没有同意 從沒同意 没授权 没有授权 沒有授權 没申请 ' +
      '没有申请过 沒申請過 没登记过 沒登記過 没给过你们号码 不认识你们 不認識你們 不是你们客户 不是会员 不是會員 搬走了 我搬走了 我已经搬走了 已经搬走了 搬家了 我搬家了 换号了 没在你们 从未注册 從未註冊 从未订阅 從未訂閱 从未同意 从未授权 從未同意 从未在 没买过 ' +
      '沒買過 我不认识 要投诉 我要投诉 投诉你 投诉你们 投诉 投訴 投訴你們 檢舉 检举 举报 舉報 報警 报警 律师 违法 違法 侵犯隐私 个保法 12321 很贵 太贵 太貴 冇登記過 我冇登記過 冇登記 無登記過 未註冊過 沒有要 沒申請 不知道你们 不知道你是谁',
    beside: '商店 店 公司 店铺 店舖 品牌 企业 集团 平台',
    block: '为什么 為什麼 什么时候 如果 没 沒 怎么 怎麼',
    soft: '烦死了 煩死了 受够了 受夠了 退订 退訂 垃圾短信 垃圾簡訊 騷擾 骚扰 滾開 滚开 滚',
    fill:
      '求你们 求你 求求你们 求求你 tm 他妈的 行吗 行不行 请 請 谢谢 謝謝 感谢 麻烦 麻煩 了 吧 再 的 任何 这些 這些 你们 你們 您 你 贵公司 吗 嗎 好 从 從 中 这种 這種 好吗 好嗎 把 那些 到 更多 此类 此類 給 给 就 你们的 你們的 啦 啊 这 這 多 也 现在 立即 马上 永远 永遠 以后 以後 今后 ' +
      '今後 一直 别的 无聊 的话 來 来 信 条 則 烦死了 真的 老 了吧 里 裡 里面 裡面 咗 啲 嘅 喇 哋 你哋 将 將 掉 回T 回 復 回复 回覆 号码 號碼 手机 手機 电话 電話 要求 申请 申請 帮 幫 帮我 幫我 全部 所有 嚟 嗱 咋 您好 你好 哈囉 哈啰 嗨 ' +
      '早安 午安 晚安 早上好 下午好 晚上好 敬启者 敬啟者 客服 先生 小姐 女士 贵司 貴司 贵店 貴店 貴公司 贵方 貴方 商家 店家 老板 老闆 亲 親 各位 感恩 多謝 多谢 唔該 唔该 辛苦 辛苦了 谢 謝 万分感谢 了啦 了喔 了哦 喔 哦 噢 欸 诶 耶 呀 嘛 呢 咧 ' +
      '哈 呵呵 咁 緊 住 都 系 係 喺 啊啊 阿 唉 真 真心 實在 实在 非常 很 太 好烦 好煩 煩 烦 烦人 煩人 烦死 煩死 煩死人 气死 氣死 讨厌 討厭 讨人厌 受不了 可恶 該死 该死 神经病 神經病 他妈的 妈的 媽的 靠 幹 操 傻逼 有病 啦啦 该 該 這樣 这样 ' +
      '那 那种 那種 这类 這類 那样 那樣 这些东西 东西 東西 這東西 此 此类的 任何形式 形式 一切 一切的 各种 各種 所有的 全 全都 都给 又 还 還 還在 在 一直在 一天到晚 整天 每天 天天 老是 总是 總是 不停 不断 不斷 不停地 频繁 頻繁 太多 很多 许多 ' +
      '許多 一 两 二 三 次 几次 幾次 第 第二次 第三次 最后 最後 最后一次 最後一次 警告 说过 說過 讲过 講過 说 說 讲 早就 已经 已經 请立刻 立刻 馬上 马上就 尽快 盡快 儘快 速速 速 快点 快點 快 即 即刻 即日起 从今 從今 从现在 從現在 起 开始 開始 ' +
      '之后 之後 往后 往後 日后 日後 下次 再次 再也 永久 彻底 徹底 完全 絕對 绝对 真的很 本 我要 我想 我 自己 人家 他们 它 他 什么 什麼 甚麼 啥 些 个 個 封 通 條 短 類 类 等 等等 与 與 和 或 或者 以及 并 並 而且 還有 且 且请 向 对 對 ' +
      '于 於 由 被 让 讓 使 地 得 之 其 着 著 過 过 往 上 下 内 內 外 关于 關於 有关 有關 商业 商業 促销类 廣告類 行銷類 性 无用 無用 没用 沒用 无意义 無謂 不必要 不要了 了谢谢 掉吧 一下 下去 出去 出 去 回来 操作 处理 處理 协助 協助 帮忙 ' +
      '幫忙 给删 給刪 掉我 我现在 ！ 3 thanks thx please pls plz thank you ok sorry',
  },
  {
    language: 'ja',
    spaceless: true,
    leave:
      '配信停止 配信解除 配信中止 登録解除 購読解除 退会 解約 解除 送らないで 送らないでください 送らないで下さい 送ってこないで 送ってこないでください 送信しないで 送信しないでください 送信しないで下さい 連絡しないで 連絡しないでください 連絡してこないで メールしないで ' +
      '配信しないで 配信しないでください 配信しないで下さい リストから外して リストから外してください リストから削除して 番号を削除して 番号を消して 削除して 削除してください 登録を解除 停止希望 配信停止希望 解除希望 退会希望 送るな 送らないでほしい 止めて 止めてください ' +
      '止めて下さい 停めて とめて とめてください やめて やめてください やめて下さい やめろ 構わないで 送信停止 送信を停止 配信を停止 配信を止めて 配信を停止して メッセージを停止 要りません 不要です 送り付けないで 送りつけないで 拒否します 受信拒否 お断りします ' +
      '送って来ないで 送ってくるな 停止 配信を解除 送付しないで 送らんといて 連絡不要 メール不要 停止を希望 停止願います 削除をお願い 停止してください 停止して下さい 停止お願いします 連絡してこないでください 送るのをやめて 送るのをやめてください もう送らないで ' +
      '消してください リストから消して リストから消してください うざい もういらない もう要らない もういりません もう結構です 配信停止を希望 配信停止を希望します 配信停止をお願い 配信停止お願いします 配信の停止 配信の停止を 配信を止めてください 配信を止めて下さい ' +
      '配信を止めたい 配信をやめて 配信を停止してください 配信を停止して下さい 配信を中止して 配信は不要 配信不要 配信拒否 配信を希望しません 解除をお願い 解除お願いします 解除してください 解除して下さい 解除したい 登録解除を 登録を削除 登録削除 登録を取り消し 登録を抹消 ' +
      '登録抹消 退会したい 退会したいです 退会します 退会をお願い 退会お願いします 退会手続き 退会させて 解約したい 解約します 解約を 受信拒否します 受信を拒否 受信したくない 受信したくありません 受信停止 受信を停止 メールを停止 メール停止 メール配信停止 メールを止めて ' +
      'メールやめて メールをやめて メールを送らないで メール送らないで メールしてこないで メールしないでください メールは不要 メールいらない メールはいらない メール要らない smsを送らないで sms停止 smsを止めて sms不要 ショートメールを送らないで 送らないで欲しい ' +
      '送らないで頂きたい 送らないでいただきたい 送らないでいただけますか 送らないで頂けますか 送らないでもらえますか 送らないでくれ 送らないでくれますか 送らないで下さいませ 送らないようにして 送らないようお願い 送ってこないで下さい 送ってこないでほしい 送ってくるのをやめて ' +
      '送ってこないでくれ 送って来ないでください 送るのは止めて 送るのを止めて 送るのはやめて 送信をやめて 送信を止めて 送信しないように 送信をお控え 送信は不要 送信不要 送付不要 送付しないでください 送りつけるな 送りつけてくるな 連絡しないで下さい 連絡しないでほしい ' +
      '連絡してくるな 連絡するな 連絡をしないで 連絡をやめて 連絡は不要 連絡はいりません 連絡はいらない 連絡してほしくない 連絡をお控え 連絡を控えて 連絡してこないで下さい 電話してこないで 電話しないで ラインしないで もう送ってこないで もう連絡しないで もう送信しないで ' +
      'もうやめて もうやめてください やめてほしい やめて欲しい やめてくれ やめてくれませんか やめてもらえますか やめていただけますか やめて頂けますか やめて頂きたい やめていただきたい やめろや 止めてほしい 止めてくれ 止めていただけますか 止めて頂けますか 止めてもらえますか ' +
      '止めろ とめてくれ ストップして ストップお願いします 名簿から削除 名簿から消して リストから抜いて リストから外してほしい リストから除外 リストから削除してください リストから削除をお願い 番号を削除してください 番号を消してください 番号消してください 番号消して ' +
      '番号削除して 番号を削除 番号削除 番号の削除 電話番号を削除 電話番号を消して 電話番号削除 連絡先を削除 連絡先から削除 連絡先から消して 個人情報を削除 個人情報削除 情報を削除 データを削除 アドレスを削除 削除願います 削除お願いします 削除を希望 削除してほしい ' +
      '削除して下さい 削除依頼 消して下さい 消してほしい 消去して 消去してください 抹消して 除外して 除外してください 外してください 外して下さい 外して ブロックします ブロックした 拒否 拒否する 拒否いたします お断り お断りいたします お断り致します 同意を撤回 ' +
      '同意を取り消し 同意を撤回します 同意しません 同意していません 放っておいて ほっといて ほっといてください そっとしておいて 邪魔しないで かまわないで 送信禁止 勝手に送るな 勝手に送らないで 送らないでちょ 配信停止手続き 購読を解除 購読をやめ 購読停止 購読キャンセル ' +
      '購読をキャンセル 登録をキャンセル オプトアウト',
    cancel: 'キャンセル 取り消し 中止 取消',
    end: '中止 終了 ストップ 停止して',
    send: '送信 送る 配信 送るの 送るのを 送信するの 連絡 連絡するの 送付 配信する 配信するの 送ってくるの 送信するのを 連絡する ご連絡 メールする 送りつけるの お送り 送らない 届く 届くの',
    dontWant:
      'いらない いりません 要らない 受け取りたくない 受け取りたくありません 欲しくない 必要ない 必要ありません 不要 興味ない ほしくない 受けたくない 結構です 興味ありません 興味がない 興味ないです 興味がありません いらないです いらないので いらん いりませんので ' +
      '要らないです 要りませんので 必要ないです 必要ありませんので 必要がない 不要なので 不要ですので 不必要 欲しくないです 欲しくありません ほしくありません ほしくないです 受け取りたくないです 受取りたくない 受け取りません 受け取らない 受信したくないです 見たくない ' +
      '見たくありません もらいたくない 貰いたくない 来てほしくない 届いてほしくない 届かないように 届かないようにして 来ないように 来ないようにして 興味がないです 興味がないので 興味ないので 興味ないから 希望しません 希望しない 望みません 結構 けっこうです 間に合ってます ' +
      '間に合っています 遠慮します 遠慮しておきます ご遠慮 遠慮いたします 迷惑です 迷惑なので 迷惑 受け付けません 受付けません',
    noun:
      'メッセージ ショートメール メール sms 広告 通知 宣伝 ショートメッセージ お知らせ dm 案内 迷惑メール 勧誘 購読 登録 メルマガ ニュースレター ダイレクトメール セールス 営業 営業メール 宣伝メール 宣伝メッセージ 広告メール 広告メッセージ 広告sms ' +
      '迷惑sms スパム スパムメール 販促 販促メール プロモーション キャンペーン キャンペーンメール セール情報 クーポン クーポンメール 割引情報 お得情報 案内メール ご案内 お知らせメール 情報 情報メール メッセージ配信 テキスト テキストメッセージ テキメ ' +
      'ショートメッセージサービス 通知メール プッシュ通知 ライン line 勧誘メール サービス 会員 会員登録 メール配信 sms配信 配信 メーリングリスト メーリス 電話',
    who:
      '私 わたし 私の番号 この番号 こちら リスト 番号 自分 僕 俺 当方 うち こちらの番号 この電話番号 この携帯 携帯 私の携帯 私の電話 電話番号 携帯番号 連絡先 アドレス 宛先 名簿 配信リスト 送信リスト 顧客リスト データベース 個人情報 データ 私の情報 登録情報 ' +
      'アカウント 名前 わたくし 僕の番号 私のこと',
    reason:
      '登録した覚えがない 登録した覚えがありません 登録した覚えはない 登録した覚えはありません 登録した覚えないので 登録した覚えがないので 登録してない 登録していない 登録していません 登録してません 登録してないのに 登録していないのに 申し込んでない 申し込んでいない ' +
      '申し込んでいません 申し込みしていません 頼んでない 頼んでいない 頼んでません 頼んでいません 許可してない 許可していません 許可した覚えはない 同意してない 同意した覚えはない 会員ではない 会員じゃない 客ではない 知らない 知りません 知らないので 心当たりがない ' +
      '心当たりがありません 身に覚えがない 身に覚えがありません 覚えがない 覚えがないので 引っ越した 引っ越しました 引っ越したので 通報します 通報する 通報しますよ 訴えます 訴える 警察 消費者センター 消費生活センター 弁護士 違法 違法です 高い 迷惑してます ' +
      '迷惑しています 困ります 困っています 困ってます',
    beside: 'ショップ 店舗 企業 ブランド',
    block:
      'なぜ いつ どうやって 方法 停止しないで 解除しないで 削除しないで 消さないで 外さないで やめないで 止めないで 退会させないで 中止しないで キャンセルしないで ブロックしないで 抜かないで 拒否してない',
    soft: 'うんざり うんざりです 配信停止 解除 退会 迷惑メール いい加減にして いい加減にしろ いい加減にしてください いい加減やめて 勘弁して 勘弁してください しつこい しつこいです 消えろ',
    fill:
      'もう これ以上 今後 お願いします おねがいします お願い致します お願いいたします お願い ください 下さい ありがとう ありがとうございます すみません 二度と を は の に へ で と が も この これ して します しています したい したいです です ので から ' +
      'いただけますか 頂けますか してください して下さい ほしい 欲しい 早く 即 すぐに 今すぐ 至急 さい ね よ 一切 こと か するの な てください 希望 しつこい 絶対 きちんと 全て すべて ずっと やめてほしい させて いただきます 致します いたします 速やか 迷惑 ' +
      'もらえますか お世話になります お世話になっております お世話になっています いつもお世話になっております こんにちは こんばんは おはようございます 初めまして 恐れ入りますが 恐れ入ります 恐縮ですが お手数ですが お手数をおかけしますが お手数おかけしますが ' +
      '申し訳ありませんが 申し訳ございませんが 申し訳ないですが すみませんが すいません すいませんが ごめんなさい ごめん あの えっと 何卒 どうか どうぞ よろしく 宜しく よろしくお願いします 宜しくお願いします よろしくお願いいたします 宜しくお願い致します よろしく願います ' +
      'お願い申し上げます 願います 頼みます 頼む 頼むから 本当に ほんとに ほんと マジで まじで マジ とにかく 単に ただ 至急です 即刻 即時 速やかに すみやかに 直ちに ただちに 早急に さっさと して欲しい してほしいです して欲しいです してもらえますか ' +
      'してもらえませんか していただけますか していただけませんか して頂けますか して頂けませんか していただきたい していただきたいです して頂きたい して頂きたいです してくれ してくれませんか してくれますか してちょうだい していただけると 助かります 助かる 嬉しいです ' +
      '幸いです ありがたいです と思います と思って たい たいです たく んです のです んですが なんですが ですが ですけど けど だけど ですから なので だから だよ だ でした います いる いて おります ある ません ない もん ってば って ったら たら れば なら ' +
      'よね わ ぜ ぞ さ ねー よー もういい もういいです もう十分 十分です もう必要 これからは これから 以後 以降 今後一切 今後は 次回から 二度 再び 何度も 何回も 何度 何回 毎日 毎回 毎週 頻繁に 頻繁 いつも 度々 たびたび 常に 勝手に 一方的に 一方的な ' +
      '大量に 大量の たくさん 多すぎ 多すぎる くだらない つまらない 余計な 無駄な 無駄 うるさい うるさいです うざいです ウザい 鬱陶しい 気持ち悪い バカ 馬鹿 アホ クソ くそ ふざけるな ふざけんな この様な このような そのような こういう そういう こういった こんな ' +
      'そんな 類の 類 系の 系 など 等 とか や 又は または 及び および について に関する に対する への からの からは までに まで 宛 宛て 宛の 御社 貴社 御社から 貴社から 御社の 貴社の そちら そちらから そちらの あなた あなた達 お前 お店 店 会社 貴店 ' +
      'さん 様 の方 方 一切の あらゆる 全部 どんな すべての 全ての 完全に 永久に 永遠に 手続き 手続きを 方法を 設定 対応 処理 ご対応 ご対応を 対応を 旨 私は 僕は 俺は 本メール 本 当 各種 他 有り こちらは なんか 何も なにも 何 もう来 来る 来ます ' +
      '来るの 届きます 送られて 送って くる きます こない 来ない 希望です 希望いたします 希望致します 希望しております',
  },
  {
    language: 'ko',
    spaceless: true,
    leave:
      '수신거부 수신거부합니다 수신거부해주세요 수신거부요 구독취소 구독해지 구독해제 수신차단 탈퇴 해지 보내지마 보내지마세요 보내지마십시오 보내지말아주세요 보내지말라 보내지말아요 보내지마요 보내지말것 문자하지마 문자하지마세요 연락하지마 연락하지마세요 ' +
      '연락하지말아주세요 그만보내 그만보내세요 그만보내요 그만보내주세요 그만좀보내 그만좀보내세요 그만좀하세요 삭제해주세요 번호삭제 내번호삭제 제번호삭제 번호지워주세요 번호삭제해주세요 빼주세요 명단에서빼주세요 거부 거부합니다 거절합니다 수신거절 하지마세요 ' +
      '그만하세요 그만해 그만해주세요 보내지좀마세요 보내지좀마 해지해주세요 수신을거부합니다 수신거부신청 차단 보내지마라 귀찮게하지마세요 보내지말기 안보내셔도됩니다 안보내주셔도됩니다 수신해지 해지요청 수신거부요청 문자거부 그만좀 안받아요 번호삭제해줘 삭제해줘 ' +
      '제번호삭제해주세요 문자안받을래요 문자보내지마세요 문자보내지마 스팸그만 광고그만 안받을게요 문자사절 사절 수신거부할게요 그만보내라 보내지말라고 수신거부부탁드립니다 수신거부부탁합니다 수신거부할래요 수신거부합니다요 수신거부처리 수신거부원합니다 수신거부해줘 ' +
      '수신거부좀 수신거부신청합니다 수신동의철회 동의철회 동의를철회합니다 동의철회합니다 동의안합니다 동의하지않습니다 동의한적없습니다 수신거절합니다 수신을원하지않습니다 수신원하지않습니다 수신안함 수신차단해주세요 차단해주세요 차단합니다 차단할게요 차단해 ' +
      '구독취소해주세요 구독취소합니다 구독취소할게요 구독해지해주세요 구독을취소 구독을해지 탈퇴합니다 탈퇴해주세요 탈퇴할게요 탈퇴하고싶어요 탈퇴시켜주세요 해지합니다 해지할게요 해지하고싶어요 해지해줘 보내지말아주십시오 보내지말아줘 보내지말아 보내지말고 ' +
      '보내지말라니까 보내지마라고 보내지마라니까 보내지마쫌 보내지마좀 보내지마제발 보내지마시고 보내지마시길 보내지마시기 보내지마시오 보내지마셈 보내지않았으면 보내지않으셨으면 보내지않으셔도 안보내셔도 안보내도 안보내도돼요 안보내셔도돼요 안보내주셔도돼요 ' +
      '안보내면안돼요 안보내시면안될까요 안보내시면안되나요 안보내주시면 안보내주셨으면 안보내셨으면 안보내줬으면 안보내줬으면좋겠어요 안보내주시겠어요 안보내길 안보냈으면 보내는거그만 보내는걸그만 그만보내주십시오 그만보내줘 그만보내줄래요 그만보내주실래요 ' +
      '그만보내시라고요 그만보내라고 그만보내면 그만보내시죠 그만보냅시다 그만좀보내요 그만좀보내라 그만좀보내주세요 그만받을게요 그만받을래요 그만받고싶어요 그만받고싶습니다 그만받겠습니다 그만받기 그만받아요 그만하라고 그만하시죠 그만하시라고요 그만하라니까 ' +
      '그만하십시오 그만해라 그만해줘 그만좀해 그만좀해주세요 그만좀해라 그만두세요 작작해 작작보내 작작하세요 작작좀 연락하지말아요 연락하지말라고 연락하지말아줘 연락하지마십시오 연락하지마라 연락하지마요 연락그만 연락안했으면 연락안주셔도 연락하지말아주십시오 ' +
      '연락주지마세요 연락안하셔도됩니다 연락금지 문자하지말아주세요 문자하지마라 문자주지마세요 문자주지말아주세요 문자안주셔도됩니다 문자안보내셔도 문자그만 문자그만보내세요 문자금지 문자좀그만 문자안받습니다 문자안받겠습니다 문자안받고싶어요 문자받기싫어요 ' +
      '전화하지마세요 귀찮게하지마 귀찮게하지말아주세요 귀찮게하지말아요 괴롭히지마세요 괴롭히지마 방해하지마세요 방해하지마 건들지마세요 내버려두세요 내버려둬 번호지워 번호지워줘 번호지워주십시오 번호를지워주세요 번호좀지워주세요 번호좀지워 번호좀삭제해주세요 ' +
      '번호삭제바랍니다 번호삭제부탁드립니다 번호삭제요청 번호삭제요청합니다 번호를삭제해주세요 번호빼주세요 번호좀빼주세요 번호빼줘 번호를빼주세요 번호제외 번호에서빼주세요 명단에서삭제해주세요 명단에서빼줘 명단에서제외해주세요 명단에서지워주세요 명단에서제외 ' +
      '목록에서빼주세요 목록에서삭제해주세요 목록에서제외해주세요 목록에서지워주세요 리스트에서빼주세요 리스트에서삭제해주세요 리스트에서제외 리스트에서지워주세요 제외해주세요 제외시켜주세요 제외바랍니다 제외부탁드립니다 빼주십시오 빼줘 빼주실래요 빼주시겠어요 빼주시기 ' +
      '삭제바랍니다 삭제부탁드립니다 삭제부탁합니다 삭제요청 삭제요청합니다 삭제해주시기 삭제해주십시오 삭제하세요 삭제해라 삭제해 삭제좀 개인정보삭제 개인정보삭제해주세요 정보삭제 정보삭제해주세요 제정보삭제 지워줘 지워주십시오 지우세요 받지않겠습니다 받지않을게요 ' +
      '받지않을래요 안받겠어요 안받을겁니다 안받을거예요 안받고싶습니다 안받고싶네요 안받고싶은데요 안받음 안받습니다 안받으려고요 안받게해주세요 안받을수있게 안오게해주세요 안오게해줘 오지않게해주세요 안왔으면 거부할게요 거부할래요 거부요 거부요청 거절할게요 거절요 ' +
      '사양합니다 사양할게요 사양하겠습니다 철회합니다 철회요청',
    cancel:
      '취소 삭제 중단 취소해주세요 지워주세요 해제 해지요청 삭제요 철회 제외 제거 제거해주세요 없애주세요 없애 지우기 지워 빼 취소요 취소할게요 취소합니다 취소하고싶어요 취소해줘 취소하겠습니다 취소부탁드립니다 취소바랍니다',
    end:
      '끊어주세요 끊어줘 끊어 중지 그만 중단 정지 멈춰 멈춰주세요 중지해주세요 중단해주세요 그만해주세요 스톱 스탑 stop 그만해 중지요 중지바랍니다 중지부탁드립니다 중지해줘 중지하세요 중지하십시오 중지해 중지요청 중지요청합니다 중지할게요 중지시켜주세요 중단바랍니다 중단부탁드립니다 ' +
      '중단해줘 중단하세요 중단요청 중단하십시오 중단해 정지해주세요 정지요청 정지바랍니다 멈추세요 멈춰요 멈춰줘 멈춰주십시오 멈추어주세요 그만두세요 그만둬 그만요 그만하자 그만할게요 끝 끝내주세요 종료 종료해주세요 금지',
    not: '안하셨으면 안했으면 안해주셨으면 안해주시면 하지않으셨으면 하지말아주셨으면 하지말았으면',
    send: '보내는것 발송 보내기 전송 보내는것을 보내는거 보내는걸 보내는 보내기를 발송을 발송하지 전송을 연락하는것 연락하는거 보내시는 보내시는거 보내시는것 발송하는것 전화 보내 보내주시는 보내시는것을 전송하는',
    receive: '받는것 받는거 받고싶지 받기 받는 수신',
    dontWant:
      '원하지않습니다 원하지않아요 받고싶지않습니다 받고싶지않아요 필요없어요 필요없습니다 안받고싶어요 안받을래요 싫어요 싫습니다 받기싫어요 안받겠습니다 필요없음 관심없습니다 받기싫습니다 원치않습니다 원치않아요 관심없어요 관심없음 관심없어 원하지않아 원하지않음 ' +
      '원하지않는다 원하지않는데요 원치않음 원치않아 원치않는다 원치않는데요 원하지않으니 원치않으니 원하지않으니까 필요없어 필요없다 필요없으니까 필요없으니 필요없네요 필요하지않아요 필요하지않습니다 필요없는데요 받고싶지않아 받고싶지않네요 받고싶지않은데요 ' +
      '받고싶지않음 받기싫어 받기싫다 받기싫음 받기싫네요 받기싫은데요 받기싫다고 받기싫으니까 받기싫고 받지않을래 싫어 싫다 싫음 싫네요 싫다고요 관심없다 관심없네요 관심없는데요 관심없으니까 관심없으니 관심없고 관심이없어요 관심이없습니다 관심이없으니 관심이없네요 ' +
      '관심없고요 흥미없어요 흥미없습니다 생각없어요 생각없습니다',
    noun:
      '문자 문자메시지 메시지 메세지 광고 스팸 알림 광고문자 sms 카톡 홍보 구독 연락 스팸문자 문자들 문자메세지 메시지들 메세지들 메시지수신 광고성 광고성문자 광고성메시지 광고메시지 광고메세지 광고들 광고수신 광고연락 홍보문자 홍보메시지 홍보성 홍보성문자 ' +
      '스팸메시지 스팸메세지 스팸들 알림톡 알림문자 알림메시지 알림들 마케팅 마케팅문자 마케팅메시지 마케팅수신 마케팅정보 마케팅동의 수신동의 정보수신 정보 소식 뉴스레터 프로모션 이벤트문자 이벤트알림 이벤트 할인문자 할인정보 할인알림 쿠폰문자 쿠폰 판촉 ' +
      '판촉문자 단체문자 안내문자 안내 메일 이메일 톡 카카오톡 전화 전화연락 서비스 구독서비스 수신 동의 회원 가입 텍스트 푸시 푸시알림 연락들 문자서비스 뭣',
    who:
      '저에게 나한테 저한테 제번호 내번호 이번호로 이번호 명단 제 저 나 내 우리 저희 제번호로 제번호를 제번호는 제번호도 내번호로 내번호를 내번호좀 제번호좀 번호를 번호로 번호 이번호는 이번호를 제휴대폰 제핸드폰 제폰 내폰 폰으로 폰에 핸드폰 휴대폰 ' +
      '전화번호 제전화번호 내전화번호 연락처 제연락처 제연락처를 연락처를 명단에서 목록 목록에서 리스트 리스트에서 데이터베이스 데이터베이스에서 디비 시스템 시스템에서 개인정보 제개인정보 개인정보를 제정보 내정보 정보를 제이름 이름 주소록 계정 저에게는 저에겐 ' +
      '나에게 저한테는 저희에게 저희집 나한테는',
    ask: '해주실수있나요 해주실수있을까요 해주시겠어요 해주실래요 해줄래요 가능할까요 가능한가요 될까요 되나요 되겠습니까 안될까요 안되나요 안될까 주실수있나요 주시겠어요 주실래요 주시면안될까요',
    reason:
      '가입한적없는데요 가입한적없습니다 가입한적없어요 가입한적없는데 가입한적도없는데 가입안했는데 가입안했어요 가입안했는데요 가입하지않았습니다 가입하지않았어요 가입한기억없는데 가입한기억이없습니다 등록한적없습니다 등록한적없는데요 등록한적없는데 등록안했는데요 ' +
      '신청한적없습니다 신청한적없어요 신청한적없는데요 신청안했는데요 신청한적도없는데 동의한적없어요 동의한적없는데요 동의한적없습니다 동의안했는데요 구독한적없는데요 구독한적없습니다 번호준적없는데요 번호준적없어요 허락한적없어요 고객아닌데요 회원아닌데요 회원아닙니다 ' +
      '모르는데요 모릅니다 이사했어요 이사갔어요 이사했습니다 신고합니다 신고할게요 신고하겠습니다 신고할거예요 신고할겁니다 신고함 신고 불법 불법입니다 고소 고소합니다 경찰 변호사 스팸신고 비싸요 개인정보보호법 주문한적없어요 산적없어요',
    beside: '가게에서 매장에서',
    block:
      '왜 언제 수신거부하지마 수신거부하지마세요 구독취소하지마 구독취소하지마세요 구독해지하지마세요 해지하지마 해지하지마세요 탈퇴하지마세요 삭제하지마 삭제하지마세요 지우지마 지우지마세요 빼지마 빼지마세요 취소하지마 취소하지마세요 차단하지마 차단하지마세요 ' +
      '중단하지마 중단하지마세요 중지하지마 중지하지마세요 멈추지마 멈추지마세요 그만두지마 그만두지마세요 그만하지마 그만하지마세요 제외하지마세요',
    soft: '수신거부 구독취소 수신차단 귀찮습니다 꺼져 꺼지세요',
    fill:
      '더이상 이제 제발 좀 부탁드립니다 부탁해요 부탁합니다 감사합니다 고마워요 을 를 은 는 이 가 로 의 앞으로 다시는 다시 해주세요 해줘 해주십시오 이런 그런 요 도 더 에서 바랍니다 주세요 하고 합니다 할게요 네 안녕하세요 바로 당장 신청 무료 ' +
      '하겠습니다 절대 정말 진짜 제발요 빨리 지금 바로요 앞으로는 안 것 그런거 이런거 뭐 번호 제발그만 할래요 할게 해라 바람 필요 수고하세요 수고하십니다 수고많으십니다 안녕 여보세요 실례합니다 죄송하지만 죄송합니다 죄송한데 죄송한데요 미안하지만 감사 ' +
      '감사해요 감사드립니다 고맙습니다 땡큐 꼭 부탁 부탁드려요 부탁드릴게요 부탁드리겠습니다 부탁해 부탁이에요 부탁이니 간곡히 정중히 바랍니다요 바라요 바래요 바람요 해주시면 해주시기 해주셨으면 해주셨으면해요 해주셨으면합니다 해주셨으면좋겠습니다 ' +
      '해주셨으면좋겠어요 좋겠어요 좋겠습니다 좋겠네요 했으면 하면 하시면 하시고 하지 하지마 마세요 마 말아주세요 말아 말고 마시고 마시길 마십시오 해 해요 하세요 하겠어요 하고싶어요 하고싶습니다 할께요 하려고요 하려고 합니다만 요청 요청합니다 요청드립니다 ' +
      '신청합니다 처리 처리해주세요 처리부탁드립니다 처리바랍니다 이제그만 이젠 이제는 이제좀 제발좀 좀요 쫌 쫌요 자꾸 계속 매일 맨날 날마다 매번 항상 늘 수시로 너무 너무많이 많이 많아요 엄청 무지 정말로 진짜로 진심 솔직히 완전 완전히 영원히 영구 즉시 ' +
      '즉각 신속히 빨리요 얼른 어서 오늘부터 지금부터 지금당장 다음부터 다음부터는 차후 추후 향후 앞으로도 앞으로절대 다신 두번다시 두번다시는 또 또다시 재차 몇번 몇번을 몇번째 몇번이나 번째 세번째 두번째 마지막 마지막경고 경고 경고합니다 말했잖아요 ' +
      '말했는데 말했죠 이런것 이런것들 이런거좀 그런것 이거 이것 저런 쓸데없는 쓸데없이 불필요한 필요없는 귀찮은 귀찮아요 귀찮아 귀찮다 귀찮네요 짜증 짜증나 짜증나요 짜증나게 짜증나네요 시끄러워요 지겨워요 지겹다 지겹네요 미치겠네 씨발 시발 ㅅㅂ 젠장 개새끼 ' +
      'ㅡㅡ ㅠㅠ ㅜㅜ ㅠ ㅜ 에휴 아 아니 아니요 야 저기요 저기 님 님들 당신 당신들 너희 니들 귀사 귀사의 귀사에서 업체 회사 쇼핑몰 가게 매장 사장님 고객님 담당자님 관계자 님아 측 쪽 에서는 에게 한테 으로 로부터 부터 께 랑 하고요 그리고 및 또는 ' +
      '이나 나 든 뭐든 아무것도 아무런 어떤 어떠한 모든 모두 전부 일체 일절 다 전체 들 등 같은거 같은 종류 관련 관련된 대한 대해 위한 통한 통해 상업적 상업용 원치않는 원하지않는 원하지도않는 라고 라니까 니까 으니까 으니 니 고 며 서 면 지 은요 ' +
      '는요 네요 예 응 ㅇㅇ 넵 음 헐 ㅋㅋ 그냥 그럼 혹시 왜자꾸 요즘 도대체 대체 절대로 결코 않도록 않게 못하게 안되게 수 있게 있도록 되게 되도록 처리되도록',
  },
  {
    language: 'th',
    spaceless: true,
    leave:
      'ยกเลิกการรับข้อความ ยกเลิกรับข้อความ ยกเลิกข้อความ ยกเลิกการสมัคร ยกเลิกสมาชิก เลิกติดตาม ลบเบอร์ ลบเบอร์ฉัน ลบเบอร์ผม ลบเบอร์นี้ ลบเบอร์ออก ' +
      'ลบฉันออก เอาเบอร์ออก เลิกรับ หยุดส่ง หยุดส่งข้อความ เลิกส่ง เลิกส่งข้อความ อย่าส่งมา อย่าส่งมาอีก อย่าส่ง อย่าส่งข้อความ ไม่ต้องส่งมา ' +
      'ไม่ต้องส่ง ห้ามส่ง อย่ารบกวน ไม่รับข้อความ ไม่ขอรับข้อความ ไม่ขอรับ เลิกยุ่ง ยกเลิกรับ หยุดรบกวน ลบชื่อ ขอยกเลิก เลิกส่งมา ไม่อยากรับ ' +
      'ไม่สะดวกรับ ลบข้อมูล ลบเบอร์ฉันออก ยกเลิกการรับข่าวสาร งดส่ง งดรับ เอาเบอร์ฉันออก หยุดส่งมา บล็อก ไม่อยากได้รับ ไม่ต้องการรับ ขอยกเลิกการรับ ' +
      'ขอยกเลิกรับ ขอยกเลิกข้อความ ขอยกเลิกการรับข้อความ ขอยกเลิกการสมัคร ขอยกเลิกสมาชิก ยกเลิกการสมัครสมาชิก ยกเลิกบริการ ยกเลิกการติดตาม ' +
      'ยกเลิกการแจ้งเตือน ยกเลิกsms ยกเลิกโฆษณา ยกเลิกสมัคร ยกเลิกรับข่าวสาร ยกเลิกการรับsms ยกเลิกความยินยอม ถอนความยินยอม ขอถอนความยินยอม ' +
      'เพิกถอนความยินยอม ไม่ยินยอม ไม่อนุญาต ไม่ประสงค์รับ ไม่ประสงค์จะรับ ไม่ประสงค์ ปฏิเสธการรับ ขอปฏิเสธ ไม่ขอรับsms ขอไม่รับ ขอไม่รับข้อความ ' +
      'ขอไม่รับsms ไม่รับsms ไม่รับข้อความแล้ว ไม่รับโฆษณา ไม่รับแล้ว ไม่รับอีก ไม่รับสาย ขอเลิกรับ เลิกรับข้อความ เลิกรับsms หยุดส่งsms ' +
      'หยุดส่งข้อความมา หยุดส่งโฆษณา หยุดส่งได้แล้ว หยุดทักมา หยุดทัก หยุดติดต่อ หยุดโทร หยุดกวน เลิกกวน อย่ากวน อย่ามากวน อย่ายุ่ง เลิกส่งมาได้แล้ว ' +
      'เลิกส่งsms เลิกทัก เลิกติดต่อ เลิกรบกวน อย่าส่งsms อย่าส่งมาเลย อย่าส่งโฆษณา อย่าส่งอีก อย่าส่งมาหา อย่าทัก อย่าทักมา อย่าติดต่อ อย่าติดต่อมา ' +
      'อย่าโทรมา ไม่ต้องส่งข้อความ ไม่ต้องส่งsms ไม่ต้องส่งมาอีก ไม่ต้องติดต่อ ไม่ต้องติดต่อมา ไม่ต้องทัก ไม่ต้องโทร ห้ามส่งมา ห้ามส่งข้อความ ' +
      'ห้ามติดต่อ ห้ามโทร งดส่งข้อความ งดส่งsms งดรบกวน งดติดต่อ งดรับข้อความ งดรับsms รบกวนหยุดส่ง รบกวนเลิกส่ง ลบเบอร์ของฉัน ลบเบอร์ของผม ' +
      'ลบเบอร์ดิฉัน ลบเบอร์เรา ลบเบอร์หนู ลบเบอร์โทร ลบหมายเลข ลบชื่อออก ลบออก ลบรายชื่อ ลบข้อมูลของฉัน ลบข้อมูลของผม ลบข้อมูลฉัน ลบข้อมูลส่วนตัว ' +
      'เอาเบอร์ผมออก เอาเบอร์เราออก เอาเบอร์หนูออก เอาเบอร์ดิฉันออก เอาเบอร์นี้ออก เอาเบอร์โทรออก เอาชื่อออก เอาชื่อฉันออก เอาชื่อผมออก เอาฉันออก ' +
      'เอาผมออก เอาออกจากรายชื่อ เอาเราออก ถอดเบอร์ ถอดชื่อ ถอนเบอร์ ตัดชื่อ นำเบอร์ออก นำชื่อออก นำหมายเลขออก ปล่อยฉันไป บล็อคแล้ว บล๊อก บล็อกแล้ว ' +
      'ขอออกจากกลุ่ม ขอออกจากรายชื่อ ขอออก ออกจากรายชื่อ',
    cancel: 'ยกเลิก ลบ เลิก บอกเลิก ยกเลิกการ เอาออก ถอด ถอน ปิด เพิกถอน ตัด นำออก ลบทิ้ง',
    end: 'หยุด พอ พอแล้ว stop เลิก งด หยุดได้แล้ว พอเถอะ พอที พอได้แล้ว พอซะที เลิกได้แล้ว หยุดเถอะ หยุดสักที ระงับ ยุติ ปิดรับ',
    not: 'อย่า ไม่ ไม่ต้อง ห้าม ไม่ได้ต้อง ไม่อยากให้ ไม่ให้ ไม่จำเป็นต้อง ไม่ขอ มิต้อง ขอไม่',
    send:
      'ส่ง ส่งมา ติดต่อ โทร โทรมา รบกวน ทัก ทักมา ส่งข้อความ ส่งsms ส่งถึง ส่งเข้ามา ส่งให้ ส่งหา ส่งข้อความมา ส่งโฆษณา ส่งสแปม แจ้ง แจ้งเตือนมา ' +
      'เตือน สแปม ทักหา โทรหา โทรเข้ามา กวน ก่อกวน รำคาญ ติดต่อมา ติดต่อกลับ ยุ่ง ขายของ โปรโมท',
    want: 'อยาก ต้องการ อยากได้ สนใจ ประสงค์ ประสงค์จะ อยากจะ ต้องการจะ ยินดี พร้อม จำเป็น',
    receive: 'รับ ได้รับ เห็น อ่าน เจอ รับข้อความ',
    dontWant:
      'ไม่ต้องการ ไม่อยากได้ ไม่เอา ไม่อยาก ไม่สนใจ ไม่อยากได้รับ ไม่อยากรับแล้ว ไม่ต้องการรับ ไม่สนใจรับ ไม่สนใจแล้ว ไม่สน ไม่เอาแล้ว ไม่ได้สนใจ ' +
      'ไม่ต้องการแล้ว ไม่จำเป็น ไม่ใช้แล้ว ไม่อยากเห็น ไม่อยากอ่าน',
    noun:
      'ข้อความ โฆษณา sms สแปม ข่าวสาร โปรโมชั่น เอสเอ็มเอส แจ้งเตือน ข้อความประชาสัมพันธ์ ประชาสัมพันธ์ ข้อความโฆษณา ข้อความขยะ ข้อความการตลาด ' +
      'ข้อความส่งเสริมการขาย ข้อความsms เมสเสจ แมสเสจ แมสเซจ ข่าว ข่าวสารและโปรโมชั่น โปร โปรโมชัน โปรฯ โปรโมท ส่วนลด ข้อเสนอ การตลาด ส่งเสริมการขาย ' +
      'การแจ้งเตือน แจ้งข่าว อีเมล เมล์ เอสเอ็ม โฆษณาต่างๆ ขยะ สมาชิก การสมัคร บริการ ความยินยอม ยินยอม ไลน์ สาย จดหมายข่าว',
    who:
      'ฉัน ผม เบอร์ฉัน เบอร์ผม เบอร์นี้ เรา หนู ให้ฉัน รายชื่อ ดิฉัน ชั้น กู ข้าพเจ้า เบอร์ เบอร์โทร เบอร์เรา เบอร์หนู เบอร์ดิฉัน เบอร์ของฉัน ' +
      'เบอร์ของผม เบอร์ของดิฉัน เบอร์มือถือ หมายเลข หมายเลขนี้ หมายเลขของฉัน มือถือ โทรศัพท์ ชื่อ ชื่อฉัน ชื่อผม รายชื่อของคุณ รายการ ลิสต์ ลิสท์ ' +
      'ฐานข้อมูล ระบบ ระบบของคุณ ข้อมูล ข้อมูลส่วนตัว ข้อมูลของฉัน ข้อมูลของผม กลุ่ม บัญชี หาฉัน หาผม มาหา มาที่ มาเบอร์นี้',
    ask: 'ช่วยกรุณา ขอความกรุณา รบกวนช่วย ได้มั้ย ได้ไหมคะ ได้ไหมครับ ได้มั้ยคะ ได้มั้ยครับ ได้หรือไม่ ได้เปล่า ได้ป่าว ขอให้ อยากให้',
    reason:
      'ไม่เคยสมัคร ไม่เคยสมัครเลย ไม่ได้สมัคร ไม่เคยลงทะเบียน ไม่ได้ลงทะเบียน ไม่เคยอนุญาต ไม่เคยให้เบอร์ ไม่ได้ให้เบอร์ ไม่เคยขอ ไม่ได้ขอ ' +
      'ไม่เคยยินยอม ไม่ได้ยินยอม ไม่เคยสั่ง ไม่เคยซื้อ ไม่ได้เป็นลูกค้า ไม่ใช่ลูกค้า ไม่รู้จัก ย้ายบ้านแล้ว ย้ายแล้ว แพง แพงไป จะแจ้งความ แจ้งความ ' +
      'ฟ้อง จะฟ้อง ร้องเรียน จะร้องเรียน กสทช ผิดกฎหมาย pdpa ไปสมัครตอนไหน สมัครตอนไหน',
    block:
      'ทำไม เมื่อไหร่ ถ้า ยังไง ยังไม่ ไม่ถึง ไม่มา ของยัง ใช้ไม่ได้ กดไม่ได้ สั่งไม่ได้ สั่งของ กดสั่ง สินค้า พัสดุ คำสั่งซื้อ ออเดอร์ ไปแล้ว ลบไปแล้ว',
    soft: 'รำคาญมาก ยกเลิกรับ รำคาญ ยกเลิกการสมัคร ไปไกลๆ ไปให้พ้น',
    fill:
      'ครับ ค่ะ คะ นะ กรุณา โปรด ขอบคุณ ช่วย ขอ อีก แล้ว ที มา ให้ ได้ ไหม ด้วย จาก เลย ได้แล้ว อีกแล้ว ต่อไป อีกต่อไป นี้ ได้ไหม หน่อย สักที จ้า ' +
      'ออก การ เลิกได้แล้ว พวกนี้ คับ ทั้งหมด เพิ่ม อีกเลย เบื่อ รำคาญ ทุก แบบนี้ มาก กัน เถอะ เสียที แล้วค่ะ ซะที สักทีเถอะ ซักที หา ถึง สวัสดี ' +
      'สวัสดีค่ะ สวัสดีครับ สวัสดีคะ หวัดดี เรียน ทีมงาน แอดมิน ร้านค้า พี่ น้อง คุณ ท่าน พวกคุณ พวกแก พวกมึง มึง แก ขอบคุณค่ะ ขอบคุณครับ ขอบคุณมาก ' +
      'ขอบคุณมากค่ะ ขอบใจ ขอโทษ ขอโทษนะ ขออภัย ด้วยนะ ด้วยค่ะ ด้วยครับ นะคะ นะครับ นะค่ะ ค่า ค๊า ค้า คร้าบ ครับผม คับผม งับ จ้ะ จ๊ะ จ๋า เด้อ เน้อ วะ ' +
      'ว่ะ โว้ย โว๊ย เว้ย อะ อ่ะ เหอะ ดิ สิ ซิ เถิด หน่า น่า อย่างนี้ ใดๆ ใด ๆ อะไร อะไรมา อะไรมาอีก สิ่ง นั้น พวกนั้น เหล่านี้ แบบนั้น ประเภท ' +
      'ประเภทนี้ ทุกอย่าง ทั้งหมดนี้ ทุกชนิด ทุกวัน ทั้งวัน บ่อย บ่อยๆ บ่อยมาก ตลอด ตลอดเวลา เรื่อย เรื่อยๆ ซ้ำ ซ้ำๆ มากไป มากเกินไป เยอะ เยอะมาก ' +
      'เยอะเกิน จริง จริงๆ มากๆ โคตร โครต สุดๆ น่ารำคาญ รำคาญมาก เบื่อมาก แม่ง เชี่ย เหี้ย สัส ไอ้ บ้า ประสาท ทันที ด่วน ด่วนที่สุด เดี๋ยวนี้ ตอนนี้ ' +
      'ตั้งแต่ ตั้งแต่วันนี้ นับจากนี้ ต่อจากนี้ หลังจากนี้ จากนี้ไป ไป อีกครั้ง ครั้ง ครั้งที่ รอบ สุดท้าย เตือนครั้งสุดท้าย บอก บอกแล้ว บอกไปแล้ว ' +
      'หลายครั้ง หลายรอบ สอง สาม เคยบอก ก็ แต่ว่า เพราะ เพราะว่า เนื่องจาก และ หรือ กับ ที่ ซึ่ง ของ ของคุณ ของเรา ใน บน เข้า เข้ามา จะ ควร ว่า เป็น ' +
      'คือ มี เหมือนกัน เหมือน กลับ ทาง ทางร้าน ทางบริษัท จากทางร้าน จากร้าน ร้าน จากบริษัท บริษัท ผ่าน ทางsms เกี่ยวกับ เพื่อ สำหรับ กรุณาช่วย ' +
      'ช่วยกัน อย่างถาวร ถาวร ตลอดไป โดยสิ้นเชิง ทำการ ดำเนินการ ไว้ ไม่มี แล้วนะ แล้วครับ แล้วจ้า ล่ะ ละ นึง ซัก สัก ถ้าไม่ เกิน พอดี แบบ ป่วย ปิด ' +
      'มั้ย หรือเปล่า ไหมคะ ไหมครับ ใช่ โอเค พลีส plz please thanks',
  },
  {
    language: 'vi',
    leave:
      'huy_dang_ky huy_dang_ki huy_nhan huy_nhan_tin huy_theo_doi xoa_so_toi xoa_so_cua_toi xoa_toi xoa_so_dien_thoai bo_dang_ky tu_choi ' +
      'tu_choi_nhan tu_choi_nhan_tin dung_lam_phien dung_lam_phien_toi dung_lam_phien_nua huy_dich_vu ngung_dang_ky bo_theo_doi tu_choi_quang_cao ' +
      'tc_qc xoa_so_dt khong_nhan_tin_nua khong_co_nhu_cau_nhan huy_nhan_tin_nhan khong_nhan_tin xoa_so_cua_minh xoa_so_minh bo_so_toi dung_goi_nua ' +
      'dung_nhan_tin dung_gui ngung_gui ngung_nhan huy_dang_ky_nhan huy_dang_ky_nhan_tin huy_dk huy_dki huy_sub huy_goi_tin huy_nhan_tin_qc ' +
      'huy_tin_nhan huy_nhan_thong_bao huy_nhan_khuyen_mai huy_nhan_quang_cao xin_huy muon_huy_dang_ky ngung_theo_doi ngung_nhan_tin ' +
      'ngung_nhan_tin_nhan ngung_gui_tin ngung_gui_tin_nhan ngung_nhan_tin_cho ngung_lien_he dung_nhan dung_nhan_tin_nua dung_nhan_tin_cho ' +
      'dung_gui_nua dung_gui_tin dung_gui_tin_nhan dung_gui_tin_nua dung_lien_he dung_lien_lac dung_goi dung_goi_toi dung_lam_phien_em ' +
      'dung_lam_phien_minh dung_spam dung_spam_nua dung_spam_toi dung_spam_minh thoi_gui thoi_gui_tin thoi_nhan_tin thoi_spam cham_dut_nhan ' +
      'cham_dut_gui khong_nhan_nua khong_nhan_tin_nhan khong_muon_nhan_nua khong_gui_nua khong_gui_tin_nua ko_nhan_tin ko_nhan_tin_nua ko_nhan_nua ' +
      'k_nhan_tin k_nhan_nua ko_muon_nhan k_muon_nhan khong_chap_nhan khong_dong_y ko_dong_y rut_lai_su_dong_y rut_su_dong_y rut_lai_dong_y ' +
      'tu_choi_nhan_tin_nhan tu_choi_nhan_quang_cao tu_choi_quang_cao_sms toi_tu_choi xoa_so_cua_em xoa_so_em xoa_sdt xoa_sdt_toi xoa_sdt_cua_toi ' +
      'xoa_sdt_cua_minh xoa_sdt_minh xoa_so_dien_thoai_toi xoa_so_dien_thoai_cua_toi xoa_so_dt_toi xoa_so_dt_cua_toi xoa_so_nay xoa_ten_toi ' +
      'xoa_ten_minh xoa_thong_tin xoa_thong_tin_cua_toi xoa_thong_tin_toi xoa_khoi_danh_sach xoa_toi_khoi bo_so_minh bo_so_cua_toi bo_ten_toi ' +
      'bo_toi_ra loai_toi_ra go_so_toi go_bo_so_toi go_ten_toi rut_ten cho_toi_yen de_toi_yen de_minh_yen de_em_yen khong_lam_phien_nua ' +
      'dung_quay_ray dung_quay_ray_toi chan_so bo_qua_so_toi khong_nhan_qc khong_nhan_quang_cao khong_nhan_sms',
    cancel:
      'huy xoa huy_bo huy_luon huy_giup loai loai_bo loai_khoi go go_bo bo rut rut_lai ngat tat chan xoa_giup xoa_di xoa_bo xoa_dum gach dep',
    end:
      'ngung dung_lai ngung_ngay stop cham_dut ngung_lai ngung_ho ngung_giup dung_ngay ngung_di dung_di du_roi qua_du_roi du_lam_roi chan_lam_roi ' +
      'cham_dut_ngay het tam_dung ngung_han tam_ngung dung_viec ngung_viec ket_thuc dep ngan',
    not:
      'khong dung cham ko k kg hong khong_bao_gio khong_can dung_co dung_bao_gio cho_co chang cha kong khg hog hok hem hok_can khong_nen mien bot ' +
      'dug dungg',
    send:
      'gui nhan nhan_tin goi lien_he spam gui_tin lam_phien quay_ray goi_dien nhan_gui gui_tin_nhan nhan_tin_cho goi_dien_cho gui_cho gui_den ' +
      'gui_toi gui_cho_toi gui_cho_minh gui_tn nhan_tn nhan_tin_toi nhan_tin_cho_toi nhan_tin_cho_minh nt ntin nhan_cho ib inbox goi_lai goi_toi ' +
      'goi_cho goi_cho_toi goi_cho_minh lien_lac lien_he_voi lien_he_toi lien_he_voi_toi lam_phien_toi lam_phien_minh quay_roi quay_ray_toi spam_toi ' +
      'spam_tin gui_qc gui_quang_cao quang_ba gui_thong_bao gui_sms gui_them thong_bao_cho tiep_thi tiep_can moi_chao chao_hang gui_may',
    want: 'muon can thich co_nhu_cau muon_nhan muon_tiep mong thiet quan_tam nhu_cau hung_thu dong_y chap_nhan can_thiet',
    receive:
      'nhan nhan_duoc nhan_them nhan_tin_nhan nhan_tiep nhan_thong_bao nhan_quang_cao tiep_tuc_nhan thay doc nghe bi_lam_phien',
    dontWant:
      'khong_quan_tam khong_co_nhu_cau khong_muon_nhan khong_can khong_muon_nhan_nua khong_quan_tam_nua ko_quan_tam k_quan_tam khong_hung_thu ' +
      'khong_co_hung_thu khong_thich khong_thiet khong_muon ko_can k_can ko_muon k_muon khong_can_nua ko_co_nhu_cau k_co_nhu_cau khong_nhu_cau ' +
      'hok_quan_tam',
    noun:
      'tin_nhan tin quang_cao sms spam thong_bao khuyen_mai tin_rac tin_nhan_rac tn qc tin_nhan_quang_cao tin_nhan_khuyen_mai tin_nhan_tiep_thi ' +
      'tin_quang_cao tin_qc tin_sms tin_khuyen_mai tin_spam quang_cao_sms qcao qc_nay km khuyenmai uu_dai tin_uu_dai chuong_trinh_khuyen_mai ' +
      'chuong_trinh ban_tin thu_rac email mail mails msg mess zalo cuoc_goi dich_vu dang_ky dang_ki su_dong_y thong_tin_khuyen_mai tin_tuc tiep_thi ' +
      'marketing newsletter',
    who:
      'toi cho_toi so_toi so_nay so_cua_toi khoi_danh_sach danh_sach minh em cho_minh cho_em tui chung_toi ban_than so so_dt so_dien_thoai ' +
      'so_dien_thoai_nay so_dien_thoai_cua_toi so_cua_minh so_cua_em so_minh so_em sdt sdt_nay sdt_toi sdt_cua_toi sdt_cua_minh sdt_minh may_toi ' +
      'may_nay dien_thoai_toi dien_thoai_cua_toi ten_toi thong_tin_cua_toi thong_tin_toi thong_tin_ca_nhan thong_tin du_lieu du_lieu_cua_toi ' +
      'du_lieu_ca_nhan danh_sach_cua_ban ds list nhom group danh_ba he_thong co_so_du_lieu data tai_khoan voi_toi voi_minh den_so_nay vao_so_nay ' +
      'vao_so_toi qua_so_nay',
    ask:
      'co_the vui_long lam_on co_the_ngung ban_co_the shop_co_the lam_on_co_the xin_vui_long xin_hay hay yeu_cau toi_yeu_cau de_nghi toi_de_nghi ' +
      'mong_shop mong_ban mong_quy nho nho_shop duoc_khong duoc_ko duoc_k dc_khong dc_ko dc_k',
    joined:
      'dang_ky_bao_gio dang_ky_gi dang_ki_bao_gio cho_phep dong_y_nhan mua mua_hang dat_hang khach khach_hang la_khach biet_ban biet_shop theo_doi ' +
      'yeu_cau_gi dang_ky_cai dang_ky_dau cho_so_bao_gio',
    reason:
      'toi_chua_dang_ky toi_chua_dang_ky_bao_gio chua_dang_ky chua_dang_ky_bao_gio chua_bao_gio_dang_ky chua_tung_dang_ky chua_he_dang_ky ' +
      'khong_dang_ky khong_he_dang_ky toi_khong_dang_ky minh_khong_dang_ky minh_chua_dang_ky ko_dang_ky co_dang_ky_dau toi_co_dang_ky_dau ' +
      'minh_co_dang_ky_dau khong_co_dang_ky chua_dong_y chua_bao_gio_dong_y chua_tung_dong_y chua_cho_phep chua_tung_cho_so khong_cho_so ' +
      'khong_phai_khach khong_phai_khach_hang chua_mua_bao_gio chua_tung_mua toi_khong_biet_ban khong_biet_ban chuyen_nha da_chuyen_nha ' +
      'chuyen_di_roi dat_qua mac_qua bao_cong_an kien toi_se_kien toi_se_bao to_cao toi_se_to_cao khieu_nai report phat_luat vi_pham',
    beside: 'shop_minh',
    block: 'tai_sao khi_nao neu chua sao khong_tin ko_tin k_tin toi_ten minh_ten em_ten ten_toi_la',
    soft: 'qua_nhieu_tin_nhan phien_qua met_qua huy_dang_ky tu_choi_nhan lam_phien tha_cho_toi tha_cho_minh bien_di cut_di',
    fill:
      'nua them xin cam_on vui_long lam_on nhe nha a cac nhung nay ban da cua den lien_tuc ngay_lap_tuc di oi di_nha giup dum hay ve cho tu vao voi ' +
      'di_ban day nua_nhe bat_ky lam phien_phuc giup_toi khoi gap voi_toi vao_so so nao nhieu qua den_toi lai cac_loai dien_thoai chao chao_shop ' +
      'chao_ban chao_anh chao_chi chao_anh_chi xin_chao kinh_gui kinh_chao quy_khach quy_cong_ty quy quy_vi cong_ty cua_hang ad admin shop_oi ad_oi ' +
      'ban_oi may_ban may_nguoi may_ong may_ba may_cai may_chi may_anh cac_ban cac_anh cac_chi cac_ong tui_bay tui_may bon_may tien tran_trong ' +
      'cam_on_nhieu cam_on_shop cam_on_ban cam_on_truoc cam_onn thanks thank tks tk thks camon pls plz please plss ok oke okie dạ da_vang vang_a ' +
      'em_cam_on xin_loi sorry oi_troi_oi troi dit me dm dcm vcl vl deo deo_muon_nua clm may dua khung thang dien ha hen nghen nhe_shop nha_shop ' +
      'di_ma di_shop luon ngay ngay_di lap_tuc ngay_lap_tuc_cho gap_gap cang_som cang_tot som nhanh lien giup_minh giup_em ho ho_toi ho_minh ho_em ' +
      'cai con moi hang_ngay moi_ngay ngay_nao suot suot_ngay hoai mai lien_mien qua_troi qua_la nhieu_qua nhieu_lan lan thu_hai thu_ba thu_may cuoi ' +
      'cuoi_cung canh_bao noi da_noi noi_roi bao_nhieu may_lan roi_ma roi da_lau lau them_nua bat_cu bat_ki gi gi_nua gi_het nao_nua nao_khac ' +
      'nao_tu_ben ben ben_ban ben_shop tu_ben phia phia_ban tu_phia tu_ban tu_shop tu_nay tu_gio tu_day tu_hom tro_di ve_sau sau_nay tuong_lai ' +
      'mai_mai vinh_vien hoan_toan han het_di ca tat_ca moi_thu loai_nay kieu_nay kieu nhu_vay nhu_the nhu_nay vay the thoi_nha thoi_nhe nhe_nhe dau ' +
      'mo nua_dau nua_di dau_nha nao_ca phien phien_qua lam_phien_qua phien_lam ban_quang_cao rac vo_bo nham xam vo_van dang_ghet kho_chiu buc_minh ' +
      'met met_qua chan_qua ma thi la de vi va hoac cung duoc bi dang se van cu con_nua qua_sms bang voi_a trong ra khoi_ds khoi_list khoi_he_thong ' +
      'khoi_danh_sach_cua cua_ban cua_shop cua_cong_ty nhan_dip thuong_mai khong_mong_muon toi_muon minh_muon em_muon muon_xin thoi',
    manners: 'vui long lam on cam xin nhe nha',
  },
  {
    language: 'id',
    leave:
      'unreg berhenti_berlangganan hapus_nomor_saya hapus_nomor hapus_nomer_saya hapus_no_saya hapus_saya keluarkan_saya jangan_ganggu ' +
      'jangan_ganggu_saya jangan_hubungi jangan_hubungi_saya keluarkan_nomor_saya batalkan_langganan batal_langganan nyahlanggan padam_nombor_saya ' +
      'padamkan_nombor_saya buang_nombor_saya jangan_kacau jangan_kacau_saya batalkan_langganan_saya hapus_kontak_saya hapuskan_nombor_saya ' +
      'stop_langganan henti_langganan tarik_balik_persetujuan berhenti_langganan keluar_dari_daftar hapus_kontak jangan_sms_lagi jangan_wa_lagi ' +
      'lepaskan_saya padam_nombor berhenti_langganan_sms unsubscribe_saya hapus_nomor_hp_saya hapus_no_hp_saya hapus_no_hp hapus_nomor_aku ' +
      'hapus_nomor_gue hapus_nmr_saya hapus_no hapus_data_saya hapuskan_nomor_saya hapuskan_saya hapus_nama_saya keluarkan_nomor keluarkan_aku ' +
      'keluarkan_no_saya keluarkan_nama_saya coret_nomor_saya coret_nama_saya copot_nomor_saya buang_nama_saya buang_no_saya buang_nombor buang_saya ' +
      'padam_no_saya padam_nama_saya padamkan_no_saya padam_nombor_telefon_saya jangan_ganggu_lagi jangan_ganggu_aku jangan_ganggu_gue ' +
      'jangan_diganggu biarkan_saya tinggalkan_saya jangan_hubungi_lagi jangan_kontak jangan_kontak_saya jgn_ganggu jgn_ganggu_saya jgn_kacau ' +
      'jgn_kacau_saya jgn_hubungi jgn_hubungi_saya jgn_contact_saya jangan_contact_saya lupakan_nomor_saya blokir_nomor_saya blok_nomor_saya ' +
      'saya_menolak menolak tolak cabut_persetujuan saya_cabut_persetujuan mencabut_persetujuan tarik_persetujuan menarik_persetujuan tidak_setuju ' +
      'tak_setuju batalkan_keahlian hentikan_langganan hentikan_pengiriman tarik_diri saya_nak_unsubscribe mahu_berhenti_melanggan ' +
      'berhenti_melanggan henti_melanggan stop_ganggu keluar_dari_senarai keluar_dari_list',
    cancel:
      'hapus batal batalkan padam buang hapuskan keluarkan dihapus dihilangkan dikeluarkan dihentikan distop stopkan menghapus menghapuskan ' +
      'dihapuskan hapusin apus apusin delete_nomor delete remove keluarkan_dari keluar mengeluarkan membatalkan dibatalkan batalin cancel coret ' +
      'dicoret copot cabut mencabut tarik menarik padamkan memadam dipadam dipadamkan buangkan dibuang membuang singkirkan hilangkan menghilangkan ' +
      'blokir blok block nonaktifkan matikan menonaktifkan tutup putus putuskan keluarin potong',
    end:
      'berhenti stop stopp hentikan setop cukup henti sudahi udahan stopin tolong_hentikan berhentilah stop_la stoplah stop_dong diberhentikan ' +
      'dihentikan_saja menghentikan memberhentikan hentikanlah hentiin hentikan_hantar setoplah setop_dong cukup_sudah sudahilah dah_cukup ' +
      'udah_cukup berenti brenti brhenti brenti_dong bosan_dengan bosen bosan_dgn capek_dengan muak muak_dengan jemu_dengan jemu rimas rimas_dengan ' +
      'rimas_la stop_sudah ngga_usah_lagi hentilah tamatkan akhiri',
    not:
      'jangan tidak tak nggak gak ga tdk ngga enggak jgn usah tidak_usah tak_perlu jangan_lagi jngn jangn jangaan janganlah jangan_pernah jgnlah gk ' +
      'ngak nda ndak kagak kaga gausah gak_usah ga_usah nggak_usah ngga_usah tdk_usah xpayah x_payah tak_payah tak_usah tak_perlu_lagi takpayah ' +
      'tak_payah_lagi xyah x_yah tidak_perlu gaperlu ga_perlu gak_perlu bukan takkan usahlah toksah tok_sah tak_sah',
    none: 'tanpa tiada bebas_dari',
    send:
      'kirim kirimi mengirim kirimkan hubungi menghubungi sms telepon telpon ganggu mengganggu spam hantar menghantar kacau ngirim wa chat kirimin ' +
      'mengirimkan mengirimi telefon ganggu_saya spam_saya kirimi_saya kirim2 kirim_kirim krm kirimlah dikirim dikirimi dikirimkan mengirimkan_saya ' +
      'kiriman pengiriman ngirimin ngirim2 kirim_i hantarkan hantar2 hntr menghantar_saya dihantar penghantaran bagi sms_sms smsin smsan sms_in ' +
      'sms_saya msg_saya msg mesej_saya mesej text texting whatsapp_saya wasap ws chattingin dichat wa_saya wain hubungin menghubungi_saya dihubungi ' +
      'kontak mengontak kontek contact mengontak_saya telpon_saya telp telepon_saya menelepon call calling panggil nelpon nelponin ditelpon ' +
      'ganggu_saya_lagi gangguin menganggu mengganggu_saya_lagi diganggu gangguan spamming nyepam spamin spam_lah bombardir teror teror_saya usik ' +
      'kacau_saya ganggu_aku kirimkan_saya email emailkan menawarkan nawarin tawari beritahu kabari mengabari maklumkan promosikan mempromosikan',
    want:
      'mau ingin minat nak mahu perlu butuh berminat pengen mao ingin_menerima mau_lagi pengin kepengin kepingin ingin_lagi hendak nk nak_lagi ' +
      'mahukan inginkan menginginkan dikehendaki berharap butuhkan membutuhkan perlukan memerlukan tertarik brminat minat_lagi suka berminat_lagi ' +
      'rela',
    receive:
      'menerima terima dapat dapet menerima_lagi nerima terima_lagi diterima trima dapat_lagi dpt dapatkan dapetin mendapat mendapatkan ' +
      'dikirimi_lagi baca melihat lihat tengok',
    dontWant:
      'tidak_tertarik gak_minat ga_minat tidak_minat tak_berminat tidak_berkenan ga_butuh gak_butuh gamau ga_mau gak_mau nggak_mau ngga_mau ' +
      'enggak_mau tdk_mau tidak_mau tak_mau tak_nak taknak xnak x_nak tidak_mahu tak_mahu tak_ingin tidak_ingin gak_ingin ga_tertarik gak_tertarik ' +
      'nggak_tertarik ngga_tertarik tdk_tertarik tdk_berminat gak_berminat ga_berminat nggak_minat ngga_minat x_berminat xberminat tak_minat x_minat ' +
      'tak_tertarik tidak_butuh nggak_butuh ngga_butuh tdk_butuh tidak_perlu_lagi tak_suka',
    noun:
      'pesan sms iklan promosi spam notifikasi mesej promo tawaran penawaran wa langganan chat mesej_lagi sms_sms smsnya smsan mesej2 mesej_mesej ' +
      'msj pesan2 pesan_pesan pesannya pesan_singkat pesan_promosi teks pesanan_ringkas sms_promosi iklan2 iklan_iklan promo2 promo_promo promonya ' +
      'promosi2 promosinya notif notifikasinya notifnya pemberitahuan makluman maklumat info2 info informasi infonya siaran broadcast bc kabar ' +
      'berita newsletter nawala buletin surat langganannya berlangganan persetujuan izin kebenaran keizinan pendaftaran komunikasi marketing ' +
      'pemasaran tawaran2 hal2 sampah wa_promo panggilan telemarketing data_pemrosesan langganan_sms blast blasting email emel spamming_an ' +
      'iklan_promosi',
    who:
      'saya aku nomor_saya nomor_ini nombor_saya dari_daftar daftar gue senarai dari_senarai nomor_aku kami gw nomer_ini nomer_saya kontak nomor_hp ' +
      'nomer sy sya aq ak gua w kita no_saya no_hp_saya no_aku no_gw no_ini no_ni no_hp no_telp nomorku nomer_hp nmr nmr_saya nmr_ini nomor_telepon ' +
      'nomor_telepon_saya nomor_hp_saya hp_saya hp telepon_saya_ni nombor_telefon nombor_telefon_saya nombor_ini nombor_ni nombor telefon_saya phone ' +
      'number number_saya nomor_gue nomor_kami daftarnya daftar_kontak kontaknya kontak_saya daftar_kalian daftar_anda senarai_anda senarai_korang ' +
      'senaraikan list listnya list_korang list_kalian database sistem sistemnya pangkalan_data pangkalan basis_data rekod data data_saya ' +
      'data_pribadi maklumat_saya nama nama_saya akun akun_saya akaun grup group kenalan kat_saya dekat_saya pada_saya ke_saya dengan_saya dgn_saya ' +
      'daripada_senarai',
    ask:
      'bisakah boleh bisa_tolong bolehkah bisa_ga bisa_gak bisa_nggak bisa bisa_kah bisa_ngga bisakah_anda dapatkah boleh_tak boleh_ke boleh_x bole ' +
      'boleh_tolong mohon_agar minta mintak minta_tolong saya_minta meminta harap_agar harap diharapkan diminta apakah_bisa saya_mohon ' +
      'mohon_bantuannya sila_jangan saya_harap dimohon',
    joined:
      'daftar mendaftar daftar_langganan terdaftar berdaftar register sign_up signup subscribe melanggan berlangganan setuju bersetuju mengizinkan ' +
      'kasih_izin memberi_izin beri_izin bagi_kebenaran beri_kebenaran bagi_nombor kasih_nomor memberi minta memesan pesan_apa pelanggan customer ' +
      'kenal beli',
    beside:
      'toko kedai perusahaan syarikat pindah mahal polisi polis mcmc kominfo lapor laporkan repot report dilaporkan ilegal menggangu menyusahkan ' +
      'boros pulsa',
    block: 'kenapa kapan kalau belum mengapa bila tidak_pesan ga_pesan gak_pesan tak_pesan tidak_ada_pesan',
    soft: 'terlalu_banyak_pesan pergi_mampus pergi_mati',
    fill:
      'lagi tolong mohon terima_kasih makasih terimakasih ya dong dari ke kepada anda ini yang sila sekarang pada kalian iklannya nya untuk segera ' +
      'kak min deh aja saja semua tq terus apapun apa lah please sih dah sudah apa_apa pls bapak ibu pak bu menerus nomor nomer mengganggu_saya ' +
      'merasa terganggu segera_mungkin nih yg gak_usah tolonglah mohonlah hal apapun_lagi besok capek males spammer ini_ya yth selamat siang pagi ' +
      'sore malam petang tengahari assalamualaikum assalamu alaikum asalamualaikum wassalam salam hormat admin gan bang bro sis mas mbak mba om bos ' +
      'boss bosku tuan puan encik cik saudara sodara adik dik abang akak bg kk guys woi oi oy hei hai hey halo hello ok oke okay maaf sorry thx ' +
      'thanks thank_you trims trimakasih trima kasih makasi mksh tengkyu tenkiu terima_kaseh tlg tlong tolg plis pliss plz mhn nuwun maturnuwun lg ' +
      'lgi lagii la je jer jela aje doang dah_la dah_tak udah udh sdh donk ni ini2 itu tu tuh kok loh lho kan kah tau pun gitu gini begini begitu ' +
      'macam macam_ni seperti semacam sejenis jenis jenisnya dr drpd daripada dari_sini dgn dengan di kat dekat ke_sini kesini krn karena kerana ' +
      'sebab soalnya agar supaya biar utk buat bagi_saya oleh melalui via lewat terkait tentang korang kau kamu ko lu lo elu elo anda2 awak awk ' +
      'kalian2 pihak pihak_anda klian kita mereka dia punya terus2an terus_menerus terusan tiap setiap tiap_hari selalu sering asyik asik hari2 ' +
      'hari_hari banyak bnyk byk sangat sgt banget bgt sekali amat betul benar bener2 beneran serius seriously memang emang emg cuma hanya pokoknya ' +
      'lebih tambahan sebarang apa2 mana mana2 apa_pun apa_jua manapun siapapun selamanya selama_lamanya selepas lepas mulai mulai_sekarang skrg skg ' +
      'kedepannya ke_depannya depan akan_datang seterusnya lain lain_kali kali kesekian ketiga kedua terakhir peringatan sudah_bilang bilang ' +
      'cakap_banyak cakap secepatnya secepat cepat cpt dengan_segera serta_merta permanen kekal sepenuhnya total resmi ganggu2 mengganggunya ' +
      'menjengkelkan nyebelin annoying semak sampah bodoh bangsat anjing anjir babi sial sialan goblok tolol gila komersial komersil promosi iklan ' +
      'tak_diundang tidak_diinginkan tak_diingini adalah ialah telah pernah akan ingin_agar jadi maka pula juga dan serta atau maupun ataupun ' +
      'tersebut demikian perhatiannya kerjasamanya kerja sama bantuannya atas udah_ya udah_deh dahla sudahlah cukuplah',
    manners: 'tolong mohon terima kasih makasih terimakasih ya dong sila kak min tq',
  },
  {
    language: 'tl',
    leave:
      'alisin_nyo_ako alisin_niyo_ako alisin_mo_ako tanggalin_nyo_ako tanggalin_niyo_ako tanggalin_mo_ako burahin_nyo_number_ko ' +
      'burahin_ang_number_ko alisin_ang_number_ko huwag_niyo_na_akong_itext tigilan_nyo_ako tigilan_niyo_ako tigilan_mo_ako itigil_nyo itigil_niyo ' +
      'tigilan_nyo tigilan_niyo tanggalin_ang_number_ko alisin_ang_numero_ko layuan_nyo_ako paki_alis_ako wag_nyo_na_akong_itext ' +
      'huwag_nyo_na_akong_itext wag_na_po_kayong_mag_text pa_unsubscribe paunsubscribe i_unsubscribe iunsubscribe unsubscribe_na paki_unsubscribe ' +
      'wag_na_magtext huwag_na_magtext paki_alis_number_ko paki_tanggal_number_ko pakitanggal_ako tantanan_nyo_ako tantanan_niyo_ako lubayan_nyo_ako ' +
      'alisin_nyo_na_ako alisin_niyo_na_ako alisin_na_ako alisin_nyo_na_number_ko alisin_nyo_number_ko alisin_niyo_number_ko alisin_number_ko ' +
      'alisin_mo_number_ko alisin_ninyo_ako alisin_ako alisin_po_ako tanggalin_ako tanggalin_na_ako tanggalin_nyo_na_ako tanggalin_niyo_na_ako ' +
      'tanggalin_nyo_number_ko tanggalin_niyo_number_ko tanggalin_nyo_na_number_ko tanggalin_number_ko tanggalin_mo_number_ko tanggalin_po_ako ' +
      'burahin_nyo_na_number_ko burahin_number_ko burahin_nyo_ako burahin_mo_number_ko burahin_niyo_ang_number_ko pakitanggal_po_ako ' +
      'pakitanggal_number_ko pakitanggal_po_number_ko pakitanggal_ng_number_ko pakialis_ako pakialis_po_ako pakialis_number_ko paki_alis_po_ako ' +
      'pakibura_number_ko paki_delete_number_ko pakidelete_number_ko paki_remove_ako paki_remove_number_ko pakiremove_ako pakiremove_number_ko ' +
      'delete_nyo_number_ko delete_number_ko remove_nyo_ako remove_nyo_number_ko remove_nyo_na_ako remove_nyo_na_number_ko i_remove_nyo_ako ' +
      'i_delete_nyo_number_ko idelete_nyo_number_ko mag_unsubscribe magunsubscribe mag_unsub nag_unsubscribe mag_opt_out mag_o_opt_out ' +
      'mag_unsubscribe_na paki_unsub pakiunsubscribe i_unsub unsub_na unsub_nyo_ako unsubscribe_nyo_ako unsubscribe_na_ako iunsubscribe_nyo_ako ' +
      'tigilan_nyo_na_ako tigilan_niyo_na_ako tigilan_mo_na_ako tigilan_nyo_na tigilan_niyo_na tigilan_nyo_nga_ako tigilan_na_ako tigilan_nyo_kami ' +
      'itigil_nyo_na itigil_niyo_na itigil_na_po itigil_mo_na itigil_na_ninyo itigil_ninyo hintuan_nyo_na_ako hintuan_nyo_ako layuan_niyo_ako ' +
      'lubayan_nyo_na_ako tantanan_nyo_na_ako tantanan_mo_ako pabayaan_nyo_ako pabayaan_nyo_na_ako hayaan_nyo_na_ako wag_nyo_akong_guluhin ' +
      'wag_nyo_na_akong_guluhin wag_nyo_na_kong_guluhin huwag_nyo_na_akong_guluhin wag_nyo_akong_istorbohin wag_nyo_na_akong_istorbohin ' +
      'kalimutan_nyo_na_number_ko kalimutan_nyo_ako iblock_ko_kayo binabawi_ko_ang_pahintulot binabawi_ko_pahintulot binabawi_ko hindi_ako_pumapayag ' +
      'di_ako_pumapayag di_ako_payag hindi_ako_payag umalis_na_ako_sa ayaw_ko_na_po_makatanggap unsubscribe unsub',
    cancel:
      'alisin tanggalin burahin kanselahin i_cancel tanggal paki_tanggal pakitanggal pakialis bura burahin_na pakibura ibura iremove i_remove ' +
      'idelete i_delete pakidelete paki_delete pakiremove paki_remove remove delete kanselahin_na icancel paki_cancel pakicancel alisin_na ' +
      'tanggalin_na paalis pa_alis pa_tanggal patanggal pa_delete padelete pa_remove paremove patanggalin bawiin binabawi kanselado ikansela ialis ' +
      'matanggal maalis mabura matigil ipatigil',
    end:
      'tigil itigil hinto ihinto stop tama_na tigilan tumigil ihinto_na tigil_na paki_stop pakistop pakitigil tama_na_po tumigil_na_kayo tigilan_na ' +
      'pakitigil_na tigilan_nyo tumigil_na tigil_nyo_na tigil_nyo itigil_na ihinto_nyo ihinto_na_po ihinto_niyo hinto_na huminto huminto_na pahinto ' +
      'pahintuin pa_stop pastop paki_stop_na pakistop_na stop_na stop_nyo_na stop_na_po stop_niyo_na istop i_stop istop_nyo istap pakihinto ' +
      'paki_hinto pakihinto_na tama_na_to tama_na_yan sobra_na enough_na sawa_na_ako_sa sawa_na_ako pagod_na_ako_sa matigil_na maputol tapusin ' +
      'tapos_na wakasan',
    not:
      'huwag wag hwag ayaw ayoko ayaw_ko wag_na huwag_na huwag_na_po wag_na_po wag_na_kayo wag_na_kayong huwag_na_kayong huwag_kayong wag_kayong ' +
      'wag_nyo wag_nyo_na wag_niyo wag_niyo_na wag_niyong wag_nyong huwag_nyo huwag_niyo huwag_ninyo huwag_nyo_na huwag_niyo_na huwag_ninyong ' +
      'hwag_nyo wg wg_na ayoko_na ayoko_nang ayoko_ng ayaw_ko_na ayaw_ko_nang ayaw_ko_ng ayko ayokong ayaw_kong hindi hindi_na di dina di_na d hndi ' +
      'indi hinde wag_mo huwag_mo wag_mong wag_po kawag',
    none: 'wala_nang wala_ng',
    send:
      'magtext mag_text magpadala mag_send itext padala padalhan tumawag tawagan guluhin isend magsend nagtetext kontakin istorbohin padalan i_text ' +
      'mag_message magmessage mag_spam magspam nag_text magtetext nagtext magtxt magtext_sa mag_txt mgtext mgtxt itxt itext_ako itext_nyo itexts ' +
      'text_text tinetext tinitext tetext tntxt nagtetxt nag_tetext nagtitext nagttext pagtext pagtetext pagte_text pagtxt pag_text pag_txt magpa ' +
      'magpadala_ng magpapadala nagpapadala pagpapadala pagpadala ipadala padalhan_ako padadalhan pinapadalhan padalahan magsend_ng mag_send_ng ' +
      'nagsesend nagse_send pagsend pagsesend pag_send pagse_send isend_an sendan send magmessage_sa mag_msg magmsg imessage i_message pagmessage ' +
      'pagme_message nagmemessage mag_chat magchat ichat kontakin_ako kontakin_nyo kontak mag_contact magcontact contactin icontact i_contact ' +
      'makipag_ugnayan makipagugnayan tumawag_tawag tawag tatawag tinatawagan tawagan_ako mag_call magcall pagtawag istorbohin_ako istorbo ' +
      'nang_iistorbo iistorbohin guluhin_ako gulo gambalain ginugulo ginagambala abalahin iniistorbo abala bwisitin kulitin kinukulit nangungulit ' +
      'mangulit spam_an i_spam ispam spamin pag_spam pagspam pagsspam mag_spam_sa mag_alok mag_advertise mag_promo bulabugin',
    want:
      'gusto nais nais_ko gusto_ko gusto_kong gustong gusto_pang kailangan kelangan hinihiling hiling interesado interesado_ako interested type trip ' +
      'kailangan_ko',
    receive:
      'makatanggap matanggap tumanggap makatanggap_ng makakatanggap makatatanggap matatanggap nakakatanggap nakatanggap tanggapin tatanggap ' +
      'makareceive mareceive magreceive makakuha makuha mabasa makita marinig',
    dontWant:
      'ayaw ayoko ayaw_ko hindi_interesado di_interesado hindi_ako_interesado di_ako_interesado di_interesado_ako di_po_ako_interesado ' +
      'hindi_po_ako_interesado hindi_na_ako_interesado di_na_ako_interesado d_ako_interesado d_interesado hindi_po_interesado di_po_interesado ' +
      'wala_akong_interes walang_interes not_interested di_ako_interested hindi_ako_interested di_ko_kailangan hindi_ko_kailangan ' +
      'hindi_ko_po_kailangan ayoko_niyan ayoko_na hindi_ko_gusto di_ko_gusto hindi_ko_na_gusto di_ko_na_gusto hindi_ko_na_gustong di_ko_na_gustong ' +
      'ayaw_ko_na ayaw_ko_nang ayaw_ko_ng ayaw_kong ayokong ayoko_nang ayoko_ng',
    noun:
      'text mensahe texts message messages sms spam ads promo txt txts texto teks mensaheng mga_mensahe mga_text mga_texts mga_message mga_messages ' +
      'mga_ad mga_ads mga_promo msg msgs mssg ad advertisement advertisements patalastas anunsyo anunsiyo promotions promosyon promotion promotional ' +
      'promotional_texts alok mga_alok offer offers notification notifications notif notifs abiso blast text_blast newsletter email emails e_mail ' +
      'tawag_at sms_na spam_text spam_texts marketing pahintulot consent permiso basura updates update',
    who:
      'ako akin sa_akin sakin number_ko numero_ko sa_list ko kong akin_na saking kami namin amin kay kami_po number numbers numero num cp cp_number ' +
      'cellphone cel selpon phone phone_number mobile number_na_ito number_na_to numerong_ito number_nato number_ko_po numero_kong pangalan ' +
      'pangalan_ko name name_ko data impormasyon impormasyon_ko list listahan listahan_nyo listahan_niyo listahan_ninyo lista lista_nyo contact_list ' +
      'contact contacts database sistema system records record group_chat gc grupo account',
    ask:
      'pwede pwede_ba pwede_po pwede_po_ba pwede_po_bang pwede_bang puwede puwede_po_ba puwede_bang maaari maaari_ba maaari_bang maaari_po_bang pede ' +
      'pede_ba pede_bang pede_po pakiusap hinihiling_ko humihiling hiling_ko sana nakikiusap',
    joined:
      'nag_sign_up nagsign_up nagsignup nag_sign mag_sign_up sign_up signup nag_subscribe nagsubscribe nag_register nagregister nag_rehistro ' +
      'nagrehistro nagparehistro nagpalista naglista sumali nagbigay nagbigay_ng_number nagbigay_ng_pahintulot binigay ibinigay pumayag sumang_ayon ' +
      'humingi nag_order umorder customer customer_nyo kilala bumili',
    beside:
      'tindahan kumpanya kompanya mahal lumipat isusumbong isusumbong_ko irereport irereport_ko ireport i_report ntc pulis reklamo abogado kaso ' +
      'bawal iligal privacy nakakaabala_na',
    soft: 'ang_daming_text sawa_na_ako unsubscribing',
    fill:
      'na po nyo niyo ninyo kayo kayong ng mga ang please pls salamat muna ninyong ko opo naman ulit kang mo sa pa mula inyo dito lang paki akong ' +
      'yung yan itong dyan diyan talaga ako_na wala_nang ba kasi dami kaka kakatext kaka_text kakasend kaka_send magandang araw umaga hapon gabi ' +
      'tanghali hi hello hey kuya ate boss sir maam mam madam admin po_ba po_bang po_kayo po_kayong na_po nyo_po nyo_na niyo_na na_kayo na_kayong ' +
      'na_nga nga nga_po lang_po naman_po plss plis plz pleasee paki_usap pakiusap_po maraming marami salamat_po slmt tnx thanks thank you ty tenkyu ' +
      'sorry pasensya pasensya_na ok okay oo hindi_po jusko jusme diyos utang_na_loob parang_awa awa nyo_naman grabe kakainis nakakainis nakakairita ' +
      'nakakabwisit bwisit bwiset buset peste leche putangina putang_ina tangina punyeta gago gagi hayop kainis inis asar ulit_ulit paulit_ulit ' +
      'paulit lagi palagi araw_araw oras_oras maya_maya buong puro sobra sobrang dami_dami madami walang_tigil walang_hinto talagang totoo seryoso ' +
      'agad agad_agad kaagad ngayon_din ngayon na_ngayon ngayon_na kahit kahit_kailan kailanman kelan_man uli muli muling kasunod susunod sa_susunod ' +
      'mula_ngayon simula simula_ngayon hinaharap tuluyan tuluyang permanente lahat lahat_ng anuman anumang ano_mang ano kahit_ano kahit_anong ' +
      'kung_ano ganyan ganyang ganito ganitong mga_ganitong ganun ito itong_mga yang mga_yan nito niyan nyan neto to yun iyon iyan inyong nyong ' +
      'niyong ko_na ko_po ako_ng ako_po kita sila siya sya nila nya ay at o kundi pero dahil_sa para para_sa ukol tungkol galing galing_sa mula_sa ' +
      'gamit_ang sa_pamamagitan via lng nman nmn n_po nang na_ako na_akong na_kong kami_ng kaming pang pa_rin parin bang ba_ba eh e ah ha haha diba ' +
      'di_ba ok_na rin din dun don doon dine ba_yan last warning babala pangalawa pangatlo ilang beses sinabi sabi huli tong tung ding komersyal ' +
      'nakakaabala maalis ko_sa ako_sa kong pong',
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
