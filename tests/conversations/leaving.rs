//! People who leave through a new roster: nobody's question waits for somebody who is gone.

use crate::conversation;
use crate::support::town::Town;

const MERGER: &str = "两家公司准备合并成一家，合并登记都要做哪些？";

conversation!(a_claim_of_a_helper_who_left_goes_on_at_once, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    town.helper("李强").await.says(&group, "认领 1").await;
    group.hears(town, "Q1 李强（魏都分局窗口，0374-0000012）来帮您");
    town.leaves_the_roster("李强").await;
    town.seconds_pass(1).await;
    group.hears(town, "Q1 原来的帮办员不在岗了，请 王敏");
});

conversation!(who_left_and_is_back_by_name_is_a_stranger, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let li = town.reachable("李强").await;
    town.leaves_the_roster("李强").await;
    town.everybody_is_in_the_roster().await;
    town.asker("张三").says(&group, MERGER).await;
    town.seconds_pass(5).await;
    group.hears(town, "请 王敏");
    li.says(&group, "认领 1").await;
    group.hears(town, "要由帮办员来做");
    li.says(&li.private(), "/start").await;
    li.private().hears(town, "分享自己的手机号");
});
