//! The command line, as its users meet it. The cases are in `tests/cmd`; each says what is typed and
//! what comes out.

#[test]
fn command_line() {
    trycmd::TestCases::new().case("tests/cmd/*.toml");
}
