//! Declares sets of named measures, so that fitted weights can be stored, read and explained by name.
//! Products of some of them are weighed as well: what tells little alone may tell much together.

/// A struct of `f32` measures with their names and values in the order they stand; `together` are those multiplied.
macro_rules! measured {
    (
        $(#[$about:meta])*
        $set:ident { $($(#[$doc:meta])* $name:ident,)* }
        together { $($part:ident,)* }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
        pub struct $set { $($(#[$doc])* pub $name: f32,)* }

        impl $set {
            const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];
            const TOGETHER: &'static [&'static str] = &[$(stringify!($part)),*];

            /// The names of all measures and products, in the order of their weights.
            pub fn names() -> Vec<String> {
                let mut names: Vec<String> = Self::NAMES.iter().map(ToString::to_string).collect();
                for (i, a) in Self::TOGETHER.iter().enumerate() {
                    names.extend(Self::TOGETHER[i..].iter().map(|b| format!("{a}*{b}")));
                }
                names
            }

            /// The values, in the order of the names.
            pub fn values(&self) -> Vec<f32> {
                let parts = [$(self.$part),*];
                let mut values = vec![$(self.$name),*];
                for (i, a) in parts.iter().enumerate() {
                    values.extend(parts[i..].iter().map(|b| a * b));
                }
                values
            }
        }
    };
}
pub(super) use measured;
