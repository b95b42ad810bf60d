//! How far the tests of an approved draft are, as a bar and in words.

use crate::domain::wording::TestStep;

/// A bar, of a hundred, with its words.
#[derive(Clone, Debug)]
pub struct Bar {
    /// So much is done.
    pub done: usize,
    /// In words.
    pub said: String,
}

/// The bar of a step; none is known where they run elsewhere, or have not begun.
pub fn bar(step: Option<TestStep>) -> Bar {
    let share = |done: usize, all: usize, from: usize, to: usize| from + done * (to - from) / all.max(1);
    let (done, said) = match step {
        None => (0, "等着检验".to_owned()),
        Some(TestStep::Tests { done, all }) => (
            share(done, all, 0, 60),
            format!(
                "第 1 步，共 3 步：全部条目的自测和大家问过的话，做完 {}%",
                done * 100 / all.max(1)
            ),
        ),
        Some(TestStep::Fitting { done, all }) => (
            share(done, all, 60, 90),
            format!("第 2 步，共 3 步：自测都过了，正在重新拟合，{all} 份做完 {done} 份"),
        ),
        Some(TestStep::Again) => (92, "第 3 步，共 3 步：再检验一遍".to_owned()),
        Some(TestStep::Over) => (100, "检验完了".to_owned()),
    };
    Bar { done, said }
}
