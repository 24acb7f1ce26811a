// Reads QR codes from the camera, on this device, and sends the form as soon as one is found.

const form = document.getElementById("scan");
const start = document.getElementById("start");
const video = document.getElementById("video");
const said = document.getElementById("said");
const KEPT = "gate-camera";
const WIDEST = 720;
const canvas = document.createElement("canvas");
const drawing = canvas.getContext("2d", { willReadFrequently: true });
const options = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryHarder: true };

if (navigator.mediaDevices?.getUserMedia) {
  start.hidden = false;
  start.addEventListener("click", begin);
  // Who scans one after the other taps once: the camera opens again after each verdict.
  if (sessionStorage.getItem(KEPT)) begin();
}

async function begin() {
  start.disabled = true;
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    document.getElementById("camera").hidden = false;
    await video.play();
  } catch {
    said.textContent = form.dataset.denied;
    start.disabled = false;
    sessionStorage.removeItem(KEPT);
    return;
  }
  sessionStorage.setItem(KEPT, "yes");
  start.hidden = true;
  said.textContent = form.dataset.looking;
  ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => form.dataset.wasm } });
  look();
}

async function look() {
  const text = await read();
  if (!text) {
    setTimeout(look, 120);
    return;
  }
  said.textContent = form.dataset.found;
  for (const track of video.srcObject.getTracks()) track.stop();
  document.getElementById("code").value = text;
  form.submit();
}

async function read() {
  const scale = Math.min(1, WIDEST / Math.max(1, video.videoWidth));
  canvas.width = video.videoWidth * scale;
  canvas.height = video.videoHeight * scale;
  if (!canvas.width) return "";
  drawing.drawImage(video, 0, 0, canvas.width, canvas.height);
  const image = drawing.getImageData(0, 0, canvas.width, canvas.height);
  const found = await ZXingWASM.readBarcodes(image, options);
  return found.find((one) => one.isValid && one.text)?.text ?? "";
}
