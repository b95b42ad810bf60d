use super::*;
use crate::domain::supervision::reported::NOT_REPORTED;

const WRITER: PersonId = PersonId(1);
const OTHER: PersonId = PersonId(2);

fn line(name: &str, place: Option<u64>, below: bool) -> Line {
    Line {
        bureau: 1,
        name: name.to_owned(),
        cells: vec!["40".to_owned()],
        reported: vec![NOT_REPORTED.to_owned()],
        place,
        parts: "30/40".to_owned(),
        adjusted: Some(750),
        interval: "60.0 %–86.0 %".to_owned(),
        below,
    }
}

fn figures(differ: bool) -> Frozen {
    Frozen {
        month: "2026-11".to_owned(),
        said: "2026年11月".to_owned(),
        at: 0,
        columns: vec![Column {
            key: "asked".to_owned(),
            name: "提问".to_owned(),
            unit: "个".to_owned(),
        }],
        ranked: "按时率".to_owned(),
        city: vec!["80".to_owned()],
        lines: vec![
            line("东城分局", Some(1), false),
            line("魏都分局", Some(2), true),
            line("示例所", None, true),
        ],
        differ,
    }
}

fn drafted() -> Bulletin {
    let figures = figures(true);
    Bulletin {
        id: BulletinId(1),
        number: None,
        phase: Phase::Draft,
        version: 1,
        words: Words::of(&figures),
        figures,
        written_by: WRITER,
        drafted_at: Millis(0),
        issued: None,
    }
}

fn moved(bulletin: &Bulletin, act: Act, by: PersonId, undecided: usize) -> Result<Bulletin, NotDone> {
    bulletin.clone().moved(act, by, undecided, Millis(9))
}

#[test]
fn it_is_heard_before_it_is_issued_and_by_another_than_whoever_wrote_it() {
    let draft = drafted();
    assert_eq!(
        moved(&draft, Act::Issue(1), OTHER, 0),
        Err(NotDone::Phase(Phase::Draft))
    );
    let heard = moved(&draft, Act::Hear, WRITER, 0).unwrap();
    assert_eq!(moved(&heard, Act::Issue(1), WRITER, 0), Err(NotDone::OwnWords));
    assert_eq!(moved(&heard, Act::Issue(1), OTHER, 2), Err(NotDone::Undecided(2)));
    assert_eq!(
        moved(&heard, Act::Recount(figures(false)), OTHER, 0),
        Err(NotDone::Phase(Phase::Heard))
    );
    let issued = moved(&heard, Act::Issue(7), OTHER, 0).unwrap();
    assert_eq!(
        (issued.number, issued.issued, issued.version),
        (Some(7), Some((OTHER, Millis(9))), 3)
    );
    // Whoever edits last writes: the other may issue then.
    let edited = moved(&heard, Act::Edit(draft.words.clone()), OTHER, 0).unwrap();
    assert_eq!(moved(&edited, Act::Issue(1), OTHER, 0), Err(NotDone::OwnWords));
    assert!(moved(&edited, Act::Issue(1), WRITER, 0).is_ok());
}

#[test]
fn once_it_is_issued_or_given_up_nothing_changes() {
    let heard = moved(&drafted(), Act::Hear, WRITER, 0).unwrap();
    let issued = moved(&heard, Act::Issue(1), OTHER, 0).unwrap();
    let dropped = moved(&heard, Act::Drop, OTHER, 0).unwrap();
    for over in [issued, dropped] {
        for act in [
            Act::Edit(Words::default()),
            Act::Recount(figures(true)),
            Act::Hear,
            Act::Back,
            Act::Issue(2),
            Act::Drop,
        ] {
            assert_eq!(moved(&over, act, OTHER, 0), Err(NotDone::Phase(over.phase)));
        }
    }
}

#[test]
fn a_part_without_words_is_not_heard() {
    let mut words = drafted().words;
    words.praise = " \n".to_owned();
    let edited = moved(&drafted(), Act::Edit(words), WRITER, 0).unwrap();
    assert_eq!(moved(&edited, Act::Hear, WRITER, 0), Err(NotDone::Empty(Part::Praise)));
}

#[test]
fn the_template_names_whom_the_figures_name_and_nobody_where_chance_made_them() {
    let words = Words::of(&figures(true));
    assert_eq!(words.praise, "对下列单位予以表彰：东城分局（30/40，调整后 75.0 %）。");
    assert_eq!(
        words.criticism,
        "对下列单位予以通报批评：魏都分局（30/40，调整后 75.0 %）。"
    );
    assert!(
        words.ranking.contains("示例所数量不足 20，只列不排"),
        "{}",
        words.ranking
    );
    assert!(words.overall.contains("各单位均未报送"), "{}", words.overall);
    let alike = Words::of(&figures(false));
    assert_eq!(alike.criticism, "本月没有需要通报批评的单位。");
    assert!(alike.praise.contains("不单独表彰"), "{}", alike.praise);
}
