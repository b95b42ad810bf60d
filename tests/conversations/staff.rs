//! Where staff are spoken to: every event, with and without a duty group, with private chats open, blocked and never
//! opened (PRODUCT §3). A new event does not compile until it has its scene here.

use bangban::domain::asking::news::{News, Spot};
use bangban::domain::chat::message::Channel;
use bangban::domain::wording::button;
use bangban::platform::{Refused, SendError};

use crate::conversation;
use crate::support::town::{Group, MERGER, Said, Someone, Town};

/// Whether those concerned have a private chat.
#[derive(Clone, Copy, PartialEq)]
enum Private {
    Open,
    Blocked,
    Never,
}

/// What staff press. 认领 in a help group beside a duty group would be pressed by nobody.
const STAFF_BUTTONS: [&str; 6] = [
    button::CLAIM,
    button::RELEASE,
    button::CLOSE,
    button::ASK_CITY,
    button::OFFER,
    button::ADOPT,
];
/// What askers should not read.
const INNER: [&str; 10] = [
    "去现场了",
    "接不了",
    "不用再办",
    "求助",
    "转办",
    "待认领",
    "没能确认",
    "第二次",
    "被评为",
    "请过问",
];

struct Stage<'a> {
    town: &'a Town,
    help: Group,
    duty: Option<Group>,
    guidance: Group,
    wang: Someone<'a>,
    li: Someone<'a>,
    zhou: Someone<'a>,
    private: Private,
}

impl<'a> Stage<'a> {
    async fn set(town: &'a Town, with_duty: bool, private: Private) -> Stage<'a> {
        let help = town.help_group("魏都分局").await;
        let duty = if with_duty {
            Some(town.duty_group("魏都分局").await)
        } else {
            None
        };
        let mut people = Vec::new();
        for name in ["王敏", "李强", "周红"] {
            people.push(match private {
                Private::Never => town.helper(name).await,
                Private::Open | Private::Blocked => town.reachable(name).await,
            });
        }
        if private == Private::Blocked {
            let mut tx = town.db.begin().await.unwrap();
            for person in &people {
                tx.private_blocked(&Channel::new("town").0, &person.private().chat)
                    .await
                    .unwrap();
            }
            tx.commit().await.unwrap();
        }
        let [wang, li, zhou] = people.try_into().ok().unwrap();
        let guidance = town.guidance_group().await;
        Stage {
            town,
            help,
            duty,
            guidance,
            wang,
            li,
            zhou,
            private,
        }
    }

    /// Where a helper types.
    fn desk(&self) -> &Group {
        self.duty.as_ref().unwrap_or(&self.help)
    }

    /// Where a helper types who has a private chat.
    fn own<'b>(&'b self, private: &'b Group) -> &'b Group {
        match self.private {
            Private::Open => private,
            Private::Blocked | Private::Never => self.desk(),
        }
    }

    /// Boxed, here and below: the futures of all scenes together would not fit on a stack.
    async fn types(&self, who: &Someone<'_>, place: &Group, words: &str) -> String {
        Box::pin(who.says(place, words)).await
    }

    async fn asks(&self, asker: &Someone<'_>) -> String {
        let asked = self.types(asker, &self.help, MERGER).await;
        Box::pin(self.town.seconds_pass(5)).await;
        asked
    }

    async fn claimed(&self, asker: &Someone<'_>, id: usize) -> String {
        let asked = self.asks(asker).await;
        self.types(&self.li, self.desk(), &format!("认领 {id}")).await;
        asked
    }

    /// The answer as it stands in the help group.
    async fn replied(&self, asker: &Someone<'_>, id: usize) -> Said {
        self.claimed(asker, id).await;
        self.types(&self.li, self.desk(), &format!("答复 {id} 先签合并协议。"))
            .await;
        self.help.latest(self.town)
    }

    /// Makes it happen; gives back what was said because of it.
    async fn happens(&self, news: News, id: usize) -> Vec<Said> {
        let asker = &self.town.asker(&format!("提问人{id}"));
        match news {
            News::FollowedUp
            | News::Reopened
            | News::NotSolved
            | News::Added
            | News::Changed
            | News::EndedByAsker
            | News::LowRating
            | News::ReviewDue => Box::pin(self.by_asker(news, id, asker)).await,
            News::Released
            | News::ClosedForHelper
            | News::Claimed
            | News::TakenOver
            | News::Offered
            | News::Declined
            | News::CityAsked
            | News::Advice => Box::pin(self.by_helper(news, id, asker)).await,
            News::Card
            | News::Reminder
            | News::Warning
            | News::AllHelpers
            | News::Admin
            | News::ReplySoon
            | News::ReplyLate
            | News::ReplyLateToKeepers
            | News::InformedAgain
            | News::NotDelivered => Box::pin(self.by_others(news, id, asker)).await,
        }
        let said = self.town.now_said();
        self.types(asker, &self.help, &format!("撤回 {id}")).await;
        self.types(&self.zhou, self.desk(), &format!("回访 {id} 已致歉")).await;
        self.town.now_said();
        said
    }

    async fn by_asker(&self, news: News, id: usize, asker: &Someone<'_>) {
        let (town, desk) = (self.town, self.desk());
        match news {
            News::FollowedUp => {
                let answer = self.replied(asker, id).await;
                town.now_said();
                asker.replies(&self.help, &answer, "协议要公证吗？").await;
            }
            News::Reopened => {
                let answer = self.replied(asker, id).await;
                self.types(&self.li, desk, &format!("办结 {id}")).await;
                town.now_said();
                asker.replies(&self.help, &answer, "协议要公证吗？").await;
            }
            News::NotSolved => {
                self.replied(asker, id).await;
                town.now_said();
                self.types(asker, &self.help, "没解决").await;
            }
            News::Added => {
                self.asks(asker).await;
                let line = self.help.latest(town);
                town.now_said();
                asker.replies(&self.help, &line, "股东一共三个人。").await;
            }
            News::Changed => {
                let asked = self.claimed(asker, id).await;
                town.now_said();
                asker
                    .edits(&self.help, &asked, "四家公司准备合并成一家，合并登记怎么做？")
                    .await;
            }
            News::EndedByAsker => {
                self.claimed(asker, id).await;
                town.now_said();
                self.types(asker, &self.help, "撤回").await;
            }
            News::LowRating | News::ReviewDue => {
                self.replied(asker, id).await;
                self.types(asker, &self.help, "解决了").await;
                town.now_said();
                self.types(asker, &self.help, "非常不满意").await;
                town.seconds_pass(1).await;
                if news == News::ReviewDue {
                    town.now_said();
                    town.hours_pass(24 * 7).await;
                }
            }
            _ => unreachable!("{news:?}"),
        }
    }

    async fn by_helper(&self, news: News, id: usize, asker: &Someone<'_>) {
        let (town, desk) = (self.town, self.desk());
        match news {
            News::Released => {
                self.claimed(asker, id).await;
                town.now_said();
                self.types(&self.li, desk, &format!("放回 {id}")).await;
            }
            News::ClosedForHelper => {
                self.claimed(asker, id).await;
                town.now_said();
                self.types(&self.zhou, desk, &format!("办结 {id} 已电话说明")).await;
            }
            News::Claimed => {
                self.asks(asker).await;
                town.now_said();
                let private = self.li.private();
                let place = if self.private == Private::Open { &private } else { desk };
                self.types(&self.li, place, &format!("认领 {id}")).await;
            }
            News::TakenOver => {
                self.claimed(asker, id).await;
                self.types(&self.li, desk, &format!("转办 {id} 王敏 我去现场了")).await;
                town.now_said();
                self.types(&self.wang, desk, &format!("认领 {id}")).await;
            }
            News::Offered => {
                self.claimed(asker, id).await;
                town.now_said();
                self.types(&self.li, desk, &format!("转办 {id} 王敏 我去现场了")).await;
            }
            News::Declined => {
                self.claimed(asker, id).await;
                self.types(&self.li, desk, &format!("转办 {id} 王敏 我去现场了")).await;
                town.now_said();
                self.types(&self.wang, desk, &format!("不接 {id}")).await;
            }
            News::CityAsked => {
                self.claimed(asker, id).await;
                town.now_said();
                self.types(&self.li, desk, &format!("求助 {id} 要不要公告")).await;
            }
            News::Advice => {
                self.claimed(asker, id).await;
                self.types(&self.li, desk, &format!("求助 {id} 要不要公告")).await;
                let copy = self.guidance.latest(town);
                town.now_said();
                town.helper("赵岩")
                    .await
                    .replies(&self.guidance, &copy, "要公告45日。")
                    .await;
            }
            _ => unreachable!("{news:?}"),
        }
    }

    async fn by_others(&self, news: News, id: usize, asker: &Someone<'_>) {
        let town = self.town;
        match news {
            News::Card => {
                town.now_said();
                self.asks(asker).await;
            }
            News::Reminder => self.time_goes_by(asker, &[], 3).await,
            News::Warning => self.time_goes_by(asker, &[3], 5).await,
            News::AllHelpers => self.time_goes_by(asker, &[3, 5], 2).await,
            News::Admin => self.time_goes_by(asker, &[3, 5, 2], 10).await,
            News::ReplySoon | News::ReplyLate | News::ReplyLateToKeepers => {
                self.claimed(asker, id).await;
                if news != News::ReplySoon {
                    town.minutes_pass(24).await;
                }
                town.now_said();
                town.minutes_pass(if news == News::ReplySoon { 24 } else { 6 }).await;
            }
            News::InformedAgain => {
                self.claimed(asker, id).await;
                self.types(&self.li, self.desk(), &format!("告知 {id} 1")).await;
                town.now_said();
                self.types(&self.li, self.desk(), &format!("告知 {id} 3")).await;
            }
            News::NotDelivered => {
                let private = self.li.private();
                let place = self.own(&private);
                self.asks(asker).await;
                self.types(&self.li, place, &format!("认领 {id}")).await;
                town.now_said();
                town.next_send_fails(&self.help, SendError::Refused(Refused::Other("no".into())));
                self.types(&self.li, place, &format!("答复 {id} 先签合并协议。")).await;
                town.seconds_pass(1).await;
            }
            _ => unreachable!("{news:?}"),
        }
    }

    async fn time_goes_by(&self, asker: &Someone<'_>, before: &[i64], minutes: i64) {
        self.asks(asker).await;
        for minutes in before {
            self.town.minutes_pass(*minutes).await;
        }
        self.town.now_said();
        self.town.minutes_pass(minutes).await;
    }

    fn check(&self, news: News, said: &[Said]) {
        let (person, among_staff, in_open) = words(news);
        let private = match person {
            "王敏" => self.wang.private(),
            "李强" => self.li.private(),
            _ => self.zhou.private(),
        };
        let spots = news.spots(self.duty.is_some(), self.private == Private::Open);
        let heard = |group: &Group, words: &str| {
            said.iter()
                .filter(|said| said.chat == group.chat && said.text.contains(words))
                .count()
        };
        let told = |spot: Spot| usize::from(spots.contains(&spot));
        if let Some(duty) = &self.duty {
            assert_eq!(
                heard(duty, among_staff),
                told(Spot::Duty),
                "{news:?} in the duty group: {said:#?}"
            );
        }
        assert_eq!(
            heard(&private, among_staff),
            told(Spot::Private),
            "{news:?} in private: {said:#?}"
        );
        if spots.contains(&Spot::Open) {
            assert_eq!(heard(&self.help, in_open), 1, "{news:?} in the help group: {said:#?}");
        }
        if self.private != Private::Open {
            assert!(
                said.iter().all(|said| !said.chat.starts_with("private-")),
                "{news:?}: {said:#?}"
            );
        }
        for said in said
            .iter()
            .filter(|said| self.duty.is_some() && said.chat == self.help.chat)
        {
            let button = said
                .buttons
                .iter()
                .find(|button| STAFF_BUTTONS.contains(&button.label.as_str()));
            assert!(button.is_none(), "{news:?}: {said:#?}");
            let inner = INNER.iter().find(|word| said.text.contains(**word));
            assert!(inner.is_none(), "{news:?}: {said:#?}");
        }
    }
}

/// Whom an event concerns, what staff read of it, what is read where askers read along.
fn words(news: News) -> (&'static str, &'static str, &'static str) {
    match news {
        News::Card => ("王敏", "待认领", "请 王敏"),
        News::Released => ("王敏", "已放回", "已放回"),
        News::FollowedUp => ("李强", "提问人追问", "提问人追问，请 李强"),
        News::Reopened => ("李强", "提问人追问", "提问人追问，请 李强"),
        News::NotSolved => ("李强", "提问人说没解决", "提问人说没解决，请 李强"),
        News::Added => ("王敏", "提问人补充", "提问人补充，请 王敏"),
        News::Changed => ("李强", "提问人改了问题", "提问人改了问题，请 李强"),
        News::EndedByAsker => ("李强", "不用再办", ""),
        News::ClosedForHelper => ("李强", "周红已办结：已电话说明", ""),
        News::Claimed => ("李强", "您已认领。问的是：\n两家公司", ""),
        News::TakenOver => ("李强", "由王敏", ""),
        News::Offered => ("王敏", "我去现场了\n两家公司", "请 王敏"),
        News::Declined => ("李强", "王敏接不了", "请 李强"),
        News::CityAsked => ("李强", "已请市局帮办台帮忙", "已请市局帮办台帮忙"),
        News::Advice => ("李强", "市局赵岩答复您：\n要公告45日", ""),
        News::Reminder => ("王敏", "还没人认领，请", "还没人认领，请 王敏"),
        News::Warning => ("王敏", "快要请全体帮办员了", ""),
        News::AllHelpers => ("李强", "等了一会儿了", "等了一会儿了"),
        News::Admin => ("周红", "请单位管理员安排", "请单位管理员安排：周红"),
        News::ReplySoon => ("李强", "认领有一会儿了", ""),
        News::ReplyLate => ("李强", "请转办或求助市局", "提问人还在等，请 李强"),
        News::ReplyLateToKeepers => ("周红", "请过问一下", ""),
        News::InformedAgain => ("周红", "第二次告知", ""),
        News::LowRating => ("周红", "被评为“非常不满意”", ""),
        News::ReviewDue => ("周红", "的回访要在", ""),
        News::NotDelivered => ("李强", "的答复没能确认送到", ""),
    }
}

async fn every_event(town: &Town, with_duty: bool, private: Private) {
    let stage = Stage::set(town, with_duty, private).await;
    for (at, news) in News::ALL.iter().enumerate() {
        let said = Box::pin(stage.happens(*news, at + 1)).await;
        stage.check(*news, &said);
    }
}

conversation!(staff_with_a_duty_group_and_private_chats, async |town: &Town| {
    every_event(town, true, Private::Open).await;
});

conversation!(
    staff_with_a_duty_group_and_blocked_private_chats,
    async |town: &Town| {
        every_event(town, true, Private::Blocked).await;
    }
);

conversation!(staff_with_a_duty_group_alone, async |town: &Town| {
    every_event(town, true, Private::Never).await;
});

conversation!(staff_with_private_chats_alone, async |town: &Town| {
    every_event(town, false, Private::Open).await;
});

conversation!(staff_with_blocked_private_chats_alone, async |town: &Town| {
    every_event(town, false, Private::Blocked).await;
});

conversation!(staff_with_neither_duty_group_nor_private_chats, async |town: &Town| {
    every_event(town, false, Private::Never).await;
});

conversation!(
    who_is_called_sees_the_card_and_whoever_saw_it_does_not_again,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let (wang, li, zhou) = (
            town.reachable("王敏").await,
            town.reachable("李强").await,
            town.reachable("周红").await,
        );
        town.asker("张三").says(&group, MERGER).await;
        town.seconds_pass(5).await;
        group.hears(town, "请 王敏");
        wang.private().hears(town, "张三 在“魏都分局帮办群”问：\n两家公司");
        town.minutes_pass(3).await;
        group.hears(town, "还没人认领");
        let reminder = wang.private().hears(town, "Q1 还没人认领");
        assert!(!reminder.text.contains("两家公司"), "{}", reminder.text);
        town.minutes_pass(7).await;
        group.hears(town, "请哪位帮办员认领");
        for helper in [&li, &zhou] {
            let card = helper.private().hears(town, "Q1 等了一会儿了");
            assert!(
                card.text.contains("张三 在“魏都分局帮办群”问：\n两家公司"),
                "{}",
                card.text
            );
            assert!(card.buttons.iter().any(|button| button.label == "认领"));
        }
        wang.private().hears(town, "Q1 等了一会儿了");
        li.says(&li.private(), "认领 1").await;
        group.hears(town, "李强（魏都分局窗口，0374-0000012）来帮您");
        li.private().hears(town, "Q1 您已认领。问的是：\n两家公司");
    }
);

conversation!(several_calls_at_once_say_what_each_asks, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let wang = town.reachable("王敏").await;
    for asker in ["张三", "李四"] {
        town.asker(asker).says(&group, MERGER).await;
    }
    town.seconds_pass(5).await;
    for question in ["Q1", "Q2"] {
        group.hears(town, question);
        wang.private().hears(town, question);
    }
    town.minutes_pass(3).await;
    group.hears(town, "Q1、Q2 还没人认领");
    let reminder = wang.private().hears(town, "Q1、Q2 还没人认领");
    for row in [
        "\nQ1 两家公司准备合并成一家，合并登记都要做哪…（认领 1）",
        "\nQ2 两家公司",
    ] {
        assert!(reminder.text.contains(row), "{}", reminder.text);
    }
});

conversation!(staff_words_stand_under_the_card, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let duty = town.duty_group("魏都分局").await;
    let zhang = town.asker("张三");
    zhang.says(&group, MERGER).await;
    town.seconds_pass(5).await;
    let line = group.hears(town, "已转给王敏");
    let card = duty.hears(town, "待认领");
    zhang.replies(&group, &line, "手机13912345678，股东三个人。").await;
    let told = group.hears(town, "Q1 已转告王敏，请稍等。");
    assert!(
        told.text.contains("您写的手机号我没有存，帮办员看不到"),
        "{}",
        told.text
    );
    let added = duty.hears(town, "Q1 提问人补充，请 王敏");
    // Where messages cannot be quoted, the number says it.
    if added.quote.is_some() {
        assert_eq!(added.quote, Some(card.id));
    }
    let li = town.helper("李强").await;
    li.says(&duty, "认领 1").await;
    group.hears(town, "李强（魏都分局窗口，0374-0000012）来帮您");
    duty.hears(town, "Q1 李强 您已认领。问的是：\n两家公司");
    li.says(&duty, "答复 1 先签合并协议。").await;
    group.hears(town, "先签合并协议");
    duty.hears(town, "已转告提问人");
    zhang.says(&group, "没解决").await;
    group.hears(town, "Q1 已转告李强");
    let again = duty.hears(town, "Q1 提问人说没解决，请 李强 接着办。原来问的是：\n两家公司");
    assert!(!again.text.contains("追问"), "{}", again.text);
});

conversation!(
    the_line_beside_a_duty_group_says_all_the_card_would,
    async |town: &Town| {
        let group = town.help_group("长葛市局").await;
        let duty = town.duty_group("长葛市局").await;
        town.clock_is_set("2026-11-24T20:00").await;
        town.asker("张三")
            .says(
                &group,
                "公司在禹州，两家公司准备合并成一家，合并登记都要做哪些？我手机13912345678",
            )
            .await;
        town.seconds_pass(5).await;
        let line = group.hears(
            town,
            "Q1 已转给沈洁（长葛市局窗口，0374-0000031），现在下班了，明天 8:30 答您。",
        );
        for words in [
            "提醒：执照请到登记地窗口领取，禹州市局窗口（示例大道 3 号，0374-0000020）",
            "您写的手机号我没有存，帮办员看不到；有事请在群里说。",
        ] {
            assert!(line.text.contains(words), "{}", line.text);
        }
        town.clock_is_set("2026-11-25T08:30").await;
        duty.hears(town, "待认领");
    }
);

conversation!(
    who_blocks_the_bot_just_now_is_called_where_they_read,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let wang = town.reachable("王敏").await;
        let li = town.helper("李强").await;
        let guidance = town.guidance_group().await;
        town.asker("张三").says(&group, MERGER).await;
        town.seconds_pass(5).await;
        group.hears(town, "请 王敏");
        wang.private().hears(town, "待认领");
        li.says(&group, "认领 1").await;
        group.hears(town, "李强（魏都分局窗口，0374-0000012）来帮您");
        let blocked = || SendError::Refused(Refused::Unreachable("bot was blocked".into()));
        town.next_send_fails(&wang.private(), blocked());
        li.says(&group, "转办 1 王敏 我去现场了").await;
        group.hears(town, "Q1 已去问王敏");
        town.seconds_pass(1).await;
        let open = group.hears(town, "Q1 请 王敏");
        assert!(!open.text.contains("现场"), "{}", open.text);
        wang.says(&group, "认领 1").await;
        group.hears(town, "王敏（魏都分局窗口，0374-0000011）接着办");
        // Advice that nobody read is not taken for read.
        wang.says(&wang.private(), "/start").await;
        wang.private().hears(town, "您好");
        wang.says(&group, "求助 1 要不要公告").await;
        let copy = guidance.hears(town, "求助");
        wang.private().hears(town, "已请市局");
        town.next_send_fails(&wang.private(), blocked());
        town.helper("赵岩")
            .await
            .replies(&guidance, &copy, "要公告45日。")
            .await;
        guidance.hears(town, "Q1 已转给王敏");
        town.seconds_pass(1).await;
        guidance.hears(town, "王敏（魏都分局窗口，0374-0000011）没有私聊过我，转不过去");
    }
);

conversation!(who_has_a_question_may_be_asked_for_by_button, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let li = town.helper("李强").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    li.says(&group, "认领 1").await;
    group.hears(town, "李强（魏都分局窗口，0374-0000012）来帮您");
    li.presses(&group, "转办").await;
    li.sees("请写明转给谁和原因，例如：转办 1 王敏 我去现场了。现在在岗：王敏、周红");
});
