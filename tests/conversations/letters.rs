//! What citizens write to the official account.

use crate::conversation;
use crate::support::town::Town;

conversation!(
    a_letter_is_answered_with_or_without_a_number_in_it,
    async |town: &Town| {
        for words in [
            "简易注销要公示几天？",
            "简易注销要公示几天？我的身份证号 110101199003077758",
        ] {
            let answer = town.desk.answer_letter(words);
            assert_eq!(answer.sure.map(|said| said.no), Some(37), "{words}");
        }
    }
);

conversation!(
    a_letter_that_needs_a_person_is_told_the_windows_and_makes_no_question,
    async |town: &Town| {
        for words in ["你们食堂今天吃什么", "谢谢", ""] {
            let answer = town.desk.answer_letter(words);
            assert!(answer.sure.is_none(), "{words}");
            let landlines: Vec<&str> = answer.windows.iter().map(|(_, landline)| landline.as_str()).collect();
            assert!(landlines.contains(&"0374-0000010"), "{landlines:?}");
        }
        let mut tx = town.desk.db.begin().await.unwrap();
        assert_eq!(tx.next_question().await.unwrap().0, 1);
    }
);
