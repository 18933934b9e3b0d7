//! The deserializer over a tree.

use std::fmt::Display;
use std::slice::Iter;
use std::str::FromStr;

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, Expected, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use crate::document::decode::{Run, id};
use crate::document::fail::{Fail, Place, entries, plain};
use crate::document::tree::{Key, Node, Trail, Value};
use crate::document::wording::{one_of, quoted};

/// Reads one value.
#[derive(Clone, Copy)]
pub(crate) struct Reader<'a> {
    node: &'a Node<'a>,
    around: Option<&'a Reader<'a>>,
    trail: &'a Trail<'a>,
    run: &'a Run<'a>,
}

impl<'a> Reader<'a> {
    /// A reader of `node`, which stands at the end of `trail` inside what `around` reads.
    pub(crate) fn new(node: &'a Node<'a>, around: Option<&'a Self>, trail: &'a Trail<'a>, run: &'a Run<'a>) -> Self {
        Self { node, around, trail, run }
    }

    /// Reads the value, and gives an error its place unless it comes from further inside.
    ///
    /// Every value goes through here, so that an error raised by a type's own code has its place too.
    pub(crate) fn read<'de, T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fail> {
        seed.deserialize(self).map_err(|fail| {
            fail.at(self.node, || {
                let around = std::iter::successors(self.around, |reader| reader.around);
                Place {
                    path: self.run.path(self.trail),
                    span: self.node.span.clone(),
                    id: id(self.node),
                    around: around.map(|reader| id(reader.node)).collect(),
                }
            })
        })
    }

    fn wrong<T>(&self, expected: impl Into<String>) -> Result<T, Fail> {
        Err(Fail::of_type(self.node, expected))
    }

    /// The whole number that is written here in digits; nothing of `12.0`, `1e3` or `0x1F` is taken for one.
    fn whole<T: FromStr + Display + PartialEq + Default>(&self, least: T, most: T) -> Result<T, Fail> {
        let expected = || {
            if most.to_string().len() <= 10 {
                format!("a whole number from {least} to {most}")
            } else if least == T::default() {
                "a whole number of 0 or more".to_owned()
            } else {
                "a whole number".to_owned()
            }
        };
        let (text, shown) = match &self.node.value {
            Value::Number(text) => (*text, (*text).to_owned()),
            Value::Text(text) if self.run.options.is_row => (text.as_ref(), quoted(text)),
            _ => return self.wrong(expected()),
        };
        let digits = text.strip_prefix('-').unwrap_or(text);
        let is_whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse() {
            Ok(number) if is_whole => Ok(number),
            _ => Err(Fail::of_value(shown, expected())),
        }
    }

    fn table<'de, V: Visitor<'de>>(&self, known: Option<&'static [&'static str]>, visitor: V) -> Result<V::Value, Fail> {
        match &self.node.value {
            Value::Table(fields) => visitor.visit_map(Fields { rest: fields.iter(), value: None, table: self, known }),
            _ => self.wrong(plain(&visitor as &dyn Expected)),
        }
    }

    fn list<'de, V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value, Fail> {
        match &self.node.value {
            Value::List(list) => visitor.visit_seq(Entries { rest: list.iter().enumerate(), list: self }),
            _ => self.wrong(plain(&visitor as &dyn Expected)),
        }
    }

    /// A list of exactly `length` entries.
    fn fixed<'de, V: Visitor<'de>>(&self, length: usize, visitor: V) -> Result<V::Value, Fail> {
        match &self.node.value {
            Value::List(list) if list.len() != length => Err(Fail::of_value(entries(list.len()), entries(length))),
            _ => self.list(visitor),
        }
    }

    fn any<'de, V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value, Fail> {
        match &self.node.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(text) | Value::Day(text) => visitor.visit_str(text),
            Value::Text(text) => visitor.visit_str(text),
            Value::List(_) => self.list(visitor),
            Value::Table(_) => self.table(None, visitor),
        }
    }

    fn text<'de, V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value, Fail> {
        match &self.node.value {
            Value::Text(text) => visitor.visit_str(text),
            _ => self.wrong(plain(&visitor as &dyn Expected)),
        }
    }

    fn boolean<'de, V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value, Fail> {
        match &self.node.value {
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Text(text) if self.run.options.is_row => match text.as_ref() {
                "true" => visitor.visit_bool(true),
                "false" => visitor.visit_bool(false),
                _ => Err(Fail::of_value(quoted(text), "true or false")),
            },
            _ => self.wrong(plain(&visitor as &dyn Expected)),
        }
    }
}

macro_rules! whole_numbers {
    ($($method:ident $visit:ident $type:ty),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fail> {
            self.whole(<$type>::MIN, <$type>::MAX).and_then(|number| visitor.$visit(number))
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Reader<'_> {
    type Error = Fail;

    whole_numbers! {
        deserialize_i8 visit_i8 i8, deserialize_i16 visit_i16 i16, deserialize_i32 visit_i32 i32,
        deserialize_i64 visit_i64 i64, deserialize_i128 visit_i128 i128,
        deserialize_u8 visit_u8 u8, deserialize_u16 visit_u16 u16, deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64, deserialize_u128 visit_u128 u128
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fail> {
        self.any(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fail> {
        self.boolean(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fail> {
        self.text(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fail> {
        self.text(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fail> {
        self.text(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fail> {
        self.text(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fail> {
        match self.node.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fail> {
        match self.node.value {
            Value::Null => visitor.visit_unit(),
            _ => self.wrong("null"),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fail> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fail> {
        self.list(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Fail> {
        self.fixed(length, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(self, _: &'static str, length: usize, visitor: V) -> Result<V::Value, Fail> {
        self.fixed(length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fail> {
        self.table(None, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fail> {
        self.table(Some(fields), visitor)
    }

    /// One of the names of `variants`, as text; variants that hold values are not supported.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fail> {
        match &self.node.value {
            Value::Text(text) => {
                let variant: StrDeserializer<'_, Fail> = text.as_ref().into_deserializer();
                visitor.visit_enum(variant)
            }
            _ => self.wrong(one_of(variants)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fail> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { f32 f64 bytes byte_buf unit_struct }
}

/// The entries of a list that are not passed by.
struct Entries<'a> {
    rest: std::iter::Enumerate<Iter<'a, Node<'a>>>,
    list: &'a Reader<'a>,
}

impl<'de> de::SeqAccess<'de> for Entries<'_> {
    type Error = Fail;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Fail> {
        let run = self.list.run;
        let Some((index, node)) = self.rest.find(|(_, node)| !run.is_out(node)) else { return Ok(None) };
        let trail = self.list.trail.index(index);
        Reader::new(node, Some(self.list), &trail, run).read(seed).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// The fields of a table that are known and not passed by.
struct Fields<'a> {
    rest: Iter<'a, (Key<'a>, Node<'a>)>,
    value: Option<(&'a Key<'a>, &'a Node<'a>)>,
    table: &'a Reader<'a>,
    known: Option<&'static [&'static str]>,
}

impl Fields<'_> {
    /// Whether the visitor gets to see a field; an unknown one is noted.
    fn is_wanted(&self, key: &Key<'_>, node: &Node<'_>) -> bool {
        let Reader { run, trail, .. } = self.table;
        if trail.is_root() && run.options.apart.contains(&key.name.as_ref()) {
            return false;
        }
        if let Some(known) = self.known.filter(|known| !known.contains(&key.name.as_ref())) {
            if !run.options.is_row {
                run.unknown(key, node, trail, known);
            }
            return false;
        }
        node.value != Value::Null && !run.is_out(node)
    }
}

impl<'de> de::MapAccess<'de> for Fields<'_> {
    type Error = Fail;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fail> {
        while let Some((key, node)) = self.rest.next() {
            if !self.is_wanted(key, node) {
                continue;
            }
            self.value = Some((key, node));
            // A name that is refused takes its value with it, but the fault stands at the name.
            let name = Node { span: key.span.clone(), value: Value::Text(key.name.as_ref().into()) };
            let trail = self.table.trail.key(&key.name);
            let outcome = Reader::new(&name, Some(self.table), &trail, self.table.run).read(seed);
            return match outcome {
                Ok(value) => Ok(Some(value)),
                Err(mut fail) => {
                    if let Some(place) = &mut fail.place {
                        place.id = id(node);
                    }
                    Err(fail)
                }
            };
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fail> {
        let Some((key, node)) = self.value.take() else {
            return Err(Fail::of_value("a value without a name", ""));
        };
        let trail = self.table.trail.key(&key.name);
        Reader::new(node, Some(self.table), &trail, self.table.run).read(seed)
    }
}
