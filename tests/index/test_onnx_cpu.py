import subprocess
import sys


def test_openvino_is_opened_without_its_telemetry():
    code = "from index.embedders.onnx_cpu import usable_engines as u; import sys; print(u(), sys.modules['openvino_telemetry'])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True).stdout
    assert "onnxruntime" in told
    assert told.strip().endswith("None")
