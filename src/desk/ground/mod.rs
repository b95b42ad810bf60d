//! What every use case stands on: the transaction and what is known in it, what is owed, who is told. Calls no use case.

pub(in crate::desk) mod answers;
pub(in crate::desk) mod meant;
pub(crate) mod off;
pub(in crate::desk) mod owe;
pub(in crate::desk) mod page;
pub(in crate::desk) mod push;
pub(in crate::desk) mod reading;
pub(in crate::desk) mod readings;
pub(in crate::desk) mod said;
pub(in crate::desk) mod served;
pub(in crate::desk) mod settle;
pub(in crate::desk) mod sitting;
pub(in crate::desk) mod staff;
pub(in crate::desk) mod turn;
pub(in crate::desk) mod via;
