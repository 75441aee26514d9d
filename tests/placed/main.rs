//! Pages with boxes.

mod drawing;
mod growth;
mod laws;
mod layout;
