//! What a draft says, field by field in plain text: `at_least` is `80`, `outlook` is `{ whole = 204 }`.

use std::fmt::Error;

use serde::Serialize;
use serde::ser::{Impossible, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, Serializer};

/// The fields that a draft fills, each as text, in the order of the format.
pub(crate) fn fields(draft: &impl Serialize) -> Vec<(String, String)> {
    match draft.serialize(Teller) {
        Ok(Said::Fields(fields)) => fields,
        // A draft is a struct, and text can always be written.
        Ok(Said::Text(_)) | Err(_) => Vec::new(),
    }
}

/// A value in words.
enum Said {
    Text(String),
    Fields(Vec<(String, String)>),
}

impl Said {
    fn in_line(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Fields(fields) => {
                let fields: Vec<String> = fields.into_iter().map(|(name, value)| format!("{name} = {value}")).collect();
                format!("{{ {} }}", fields.join(", "))
            }
        }
    }
}

struct Teller;

macro_rules! plain {
    ($($method:ident $type:ty,)*) => {$(
        #[allow(clippy::disallowed_types, reason = "serde asks for every type; no draft holds a float")]
        fn $method(self, value: $type) -> Result<Said, Error> { Ok(Said::Text(value.to_string())) }
    )*};
}

impl Serializer for Teller {
    type Ok = Said;
    type Error = Error;
    type SerializeSeq = List;
    type SerializeTuple = List;
    type SerializeTupleStruct = Impossible<Said, Error>;
    type SerializeTupleVariant = Impossible<Said, Error>;
    type SerializeMap = Fields;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Impossible<Said, Error>;

    plain! {
        serialize_bool bool, serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64,
        serialize_f32 f32, serialize_f64 f64, serialize_char char, serialize_str &str,
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Said, Error> {
        Err(Error)
    }
    fn serialize_none(self) -> Result<Said, Error> {
        self.serialize_unit()
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Said, Error> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<Said, Error> {
        Ok(Said::Text(String::new()))
    }
    fn serialize_unit_struct(self, name: &'static str) -> Result<Said, Error> {
        self.serialize_str(name)
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Said, Error> {
        self.serialize_str(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Said, Error> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Said, Error> {
        Ok(Said::Fields(vec![(variant.to_owned(), value.serialize(self)?.in_line())]))
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<List, Error> {
        Ok(List(Vec::new()))
    }
    fn serialize_tuple(self, length: usize) -> Result<List, Error> {
        self.serialize_seq(Some(length))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Error> {
        Err(Error)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        Err(Error)
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Fields, Error> {
        Ok(Fields(Vec::new()))
    }
    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Fields, Error> {
        self.serialize_map(Some(length))
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Error> {
        Err(Error)
    }
}

struct List(Vec<String>);

impl SerializeSeq for List {
    type Ok = Said;
    type Error = Error;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.0.push(value.serialize(Teller)?.in_line());
        Ok(())
    }
    fn end(self) -> Result<Said, Error> {
        Ok(Said::Text(format!("[{}]", self.0.join(", "))))
    }
}

impl SerializeTuple for List {
    type Ok = Said;
    type Error = Error;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        SerializeSeq::serialize_element(self, value)
    }
    fn end(self) -> Result<Said, Error> {
        SerializeSeq::end(self)
    }
}

struct Fields(Vec<(String, String)>);

impl SerializeMap for Fields {
    type Ok = Said;
    type Error = Error;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.0.push((key.serialize(Teller)?.in_line(), String::new()));
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let (_, said) = self.0.last_mut().ok_or(Error)?;
        *said = value.serialize(Teller)?.in_line();
        Ok(())
    }
    fn end(self) -> Result<Said, Error> {
        Ok(Said::Fields(self.0))
    }
}

impl SerializeStruct for Fields {
    type Ok = Said;
    type Error = Error;
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
        self.0.push((key.to_owned(), value.serialize(Teller)?.in_line()));
        Ok(())
    }
    fn end(self) -> Result<Said, Error> {
        Ok(Said::Fields(self.0))
    }
}
