//! Buttons, exactly as PRODUCT §3 writes them.

/// The asker is content.
pub const SOLVED: &str = "解决了";
/// The asker wants a person.
pub const HUMAN: &str = "转人工";
/// None of the choices is meant.
pub const NONE: &str = "都不是";
/// A helper takes the question.
pub const CLAIM: &str = "认领";
/// A helper puts it back.
pub const RELEASE: &str = "放回";
/// A helper ends it.
pub const CLOSE: &str = "办结";
/// A helper asks the city desk.
pub const ASK_CITY: &str = "求助市局";
/// A helper offers it to a colleague.
pub const OFFER: &str = "转办";
/// A helper says what is offered as the answer.
pub const ADOPT: &str = "采用此答复";
/// A helper agrees to swap duty.
pub const AGREE: &str = "同意换班";
/// A helper does not.
pub const DISAGREE: &str = "不换";
/// The week's digest is not wanted any more.
pub const NO_DIGEST: &str = "不再发小结";
/// The reader shares their own contact (private chats of channels that vouch for it).
pub const SHARE_CONTACT: &str = "分享我的手机号（仅用于核对帮办员身份）";
