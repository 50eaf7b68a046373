//! Runs a test module in a headless browser; cargo calls it as the runner of wasm32.
fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
