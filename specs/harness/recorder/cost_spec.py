from playwright.sync_api import Browser

from harness.probe.recorder_cost import measure_recorder


def test_the_measurement_gives_a_figure_for_each_frame(browser: Browser) -> None:
    cost = measure_recorder(browser, rows=100, frames=20)
    assert cost.rows == 100
    assert cost.frames >= 20
    assert cost.ms_per_frame > 0
