// Words said aloud by the reader's own machine, if it has a voice for them: nothing is sent anywhere by us.
const speech = window.speechSynthesis;
// Readings are those of Mandarin; a voice of Hong Kong would say the word in Cantonese.
const WANTED = { hans: /^(cmn|zh)[-_]?(hans)?[-_]?cn/i, hant: /^(cmn|zh)[-_]?(hant)?[-_]?tw/i };
const MANDARIN = /^(cmn\b|zh(?!.*hk)(?!.*yue))/i;

function voice(script) {
  const voices = (speech?.getVoices() || []).filter((one) => one.localService && MANDARIN.test(one.lang));
  const wanted = WANTED[script === "hans" ? "hans" : "hant"];
  return voices.find((one) => wanted.test(one.lang)) || voices[0];
}

export const canSpeak = () => Boolean(voice("hans"));

export function onVoices(listener) {
  speech?.addEventListener?.("voiceschanged", listener);
}

export function speak(text, script) {
  const chosen = voice(script);
  if (!chosen) return;
  const words = new SpeechSynthesisUtterance(text);
  words.voice = chosen;
  words.lang = chosen.lang;
  words.rate = 0.85;
  speech.cancel();
  speech.speak(words);
}
