use jiff::civil::date;

use super::*;
use crate::domain::list::edition::Window;

const HOSTILE: &str = "<script>alert(1)</script><img src=x onerror=y> & \"x\" 'y'";

fn item(no: u32, question: &str, line: &str) -> Item {
    Item {
        id: format!("item-{no}"),
        no,
        revision: 1,
        topic: if no <= 5 { "变更" } else { "注销" }.into(),
        applies_to: vec!["企业".into()],
        question: question.into(),
        variants: vec![],
        lines: vec![line.into(), "时限：三个工作日".into(), "1. 登录平台".into()],
        basis: vec!["《市场主体登记管理条例》第二十四条".into()],
        owner: "注册科".into(),
        since: date(2026, 3, 1),
        change: if no == 1 { Change::Changed } else { Change::Same },
    }
}

fn edition(items: Vec<Item>) -> Edition {
    Edition {
        number: 3,
        issuer: "示例市局".into(),
        date: date(2026, 11, 23),
        items,
        withdrawn: vec![],
        windows: vec![Window {
            bureau: "魏都分局".into(),
            address: Some("示例街 2 号".into()),
            landline: Some("0374-0000010".into()),
            hours: "全天".into(),
        }],
    }
}

fn look() -> Look {
    Look {
        title: "【帮办问答】企业登记常见问题".into(),
        author: None,
        limit: CONTENT_MOST,
        picture: true,
    }
}

#[test]
fn a_short_edition_is_one_article_with_all_its_parts() {
    let drafts = drafts(
        &edition(vec![
            item(1, "地址变了怎么办？", HOSTILE),
            item(2, "第二个？", "能办。"),
        ]),
        &look(),
    )
    .unwrap();
    let [article] = drafts.concat().try_into().unwrap();
    assert_eq!(article.title, "【帮办问答】企业登记常见问题（第3期）");
    assert_eq!(article.author, "示例市局");
    assert_eq!(
        article.digest,
        "本期共收录 2 条，其中修订 1 条。本篇：变更、办理窗口和电话。"
    );
    let words = [
        "修订：001 地址变了怎么办？",
        "依据：《市场主体",
        "0374-0000010",
        "2026年11月23日",
        "以登记机关解释为准",
    ];
    for word in words {
        assert!(
            article.content.contains(word),
            "{word} is missing:\n{}",
            article.content
        );
    }
    assert!(
        article.content.contains(
            "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=y&gt; &amp; &quot;x&quot; &#39;y&#39;"
        )
    );
    assert!(!article.content.contains("<script") && !article.content.contains("<img"));
    let shown = with_picture(&article.content, "http://mmbiz.qpic.cn/1\"x");
    assert!(shown.contains("<img src=\"http://mmbiz.qpic.cn/1&quot;x\"") && !shown.contains(PICTURE));
}

#[test]
fn sixty_thousand_characters_become_several_articles_each_below_the_limit() {
    let long = "答".repeat(600);
    let items: Vec<Item> = (1..=100)
        .map(|no| item(no, &format!("第{no}个问题？"), &long))
        .collect();
    let all = edition(items);
    let articles = drafts(&all, &look()).unwrap().concat();
    assert!(articles.len() > 3, "{}", articles.len());
    for (at, article) in articles.iter().enumerate() {
        let title = format!("【帮办问答】企业登记常见问题（第3期·{}/{}）", at + 1, articles.len());
        assert_eq!(article.title, title);
        let chars = with_picture(&article.content, &"u".repeat(200)).chars().count();
        assert!(chars < CONTENT_MOST, "{chars}");
        assert_eq!(
            article.content.matches("<section").count(),
            article.content.matches("</section>").count()
        );
    }
    let text: String = articles.iter().map(|article| article.content.as_str()).collect();
    for no in 1..=100 {
        assert_eq!(
            text.matches(&format!("{no:03} 第{no}个问题？</p>")).count() + usize::from(no == 1),
            1,
            "{no}"
        );
    }
    let narrow = Look { limit: 4_000, ..look() };
    let parts = drafts(&all, &narrow).unwrap();
    assert!(parts.len() > 1 && parts.iter().all(|part| part.len() <= ARTICLES));
    let one = drafts(&edition(vec![item(9, "长问题？", &"答".repeat(60_000))]), &look());
    let said = one.unwrap_err().to_string();
    assert!(
        said.contains("第 009 条“长问题？”") && said.contains("拆成两条"),
        "{said}"
    );
}

#[test]
fn titles_and_authors_that_are_too_long_are_refused_in_words() {
    let small = edition(vec![item(1, "一？", "能。")]);
    let long = Look {
        title: "长".repeat(28),
        ..look()
    };
    let said = drafts(&small, &long).unwrap_err().to_string();
    assert!(said.contains("标题有 33 个字") && said.contains("最多 32 个"), "{said}");
    let author = Look {
        author: Some("长".repeat(17)),
        ..look()
    };
    assert!(
        drafts(&small, &author)
            .unwrap_err()
            .to_string()
            .contains("作者有 17 个字")
    );
}
