// Reads QR codes from the camera, on this device, and sends the form as soon as one is found.

const form = document.getElementById("scan");
const start = document.getElementById("start");
const video = document.getElementById("video");
const said = document.getElementById("said");
const inHand = document.getElementById("in-hand");
const KEPT = "scan-camera";
const SENT = "scan-sent";
const GONE = 1_500;
const WIDEST = 720;
const canvas = document.createElement("canvas");
const drawing = canvas.getContext("2d", { willReadFrequently: true });
const options = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryHarder: true };

// A code that was refused may still lie before the camera. It is not sent again until it has been
// out of sight, another one is shown, or the worker asks for it.
let refused = form.dataset.refused ? sessionStorage.getItem(SENT) : null;
let seen = 0;

if (navigator.mediaDevices?.getUserMedia) {
  start.hidden = false;
  start.addEventListener("click", () => (video.srcObject ? askAgain() : begin()));
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
  start.disabled = false;
  said.textContent = form.dataset.looking;
  ZXingWASM.prepareZXingModule({ overrides: { locateFile: () => form.dataset.wasm } });
  seen = performance.now();
  look();
}

async function look() {
  const text = await read();
  // Somebody is typing from a document: a code that comes into view must not take the page away.
  if (!text || inHand?.open || held(text)) {
    setTimeout(look, 120);
    return;
  }
  said.textContent = form.dataset.found;
  for (const track of video.srcObject.getTracks()) track.stop();
  sessionStorage.setItem(SENT, text);
  document.getElementById("code").value = text;
  // Whoever listens may take it from here (late.js).
  if (form.dispatchEvent(new CustomEvent("scanned", { detail: text, cancelable: true }))) form.submit();
}

function held(text) {
  const now = performance.now();
  const back = now - seen > GONE;
  seen = now;
  if (text !== refused || back) return false;
  if (said.textContent !== form.dataset.held) said.textContent = form.dataset.held;
  start.textContent = form.dataset.again;
  start.hidden = false;
  return true;
}

function askAgain() {
  refused = null;
  start.hidden = true;
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
