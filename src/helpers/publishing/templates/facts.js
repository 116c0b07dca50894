"use strict";
// The figures of the page. They stand in it once, deflated: `factsRead` is kept when they are
// read. Browsers have inflated by themselves since 2020; for the others it is done by hand.
let facts = [];
let cells = [];
let origins = [];
let factById = null;

// Lengths and distances: what each symbol begins at, and how many bits follow that tell the rest.
function spans(first, count, bitsOf) {
  const made = [];
  for (let n = 0, begin = first; n < count; n += 1) {
    made.push({ begin, bits: bitsOf(n) });
    begin += 1 << bitsOf(n);
  }
  return made;
}

const LENGTHS = spans(3, 28, (n) => (n < 4 ? 0 : (n >> 2) - 1)).concat({ begin: 258, bits: 0 });
const DISTANCES = spans(1, 30, (n) => (n < 2 ? 0 : (n >> 1) - 1));
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

// A code of RFC 1951 by the lengths of its symbols: how many have each length, and they in order.
function prefixCode(lengths) {
  const counts = new Array(16).fill(0);
  const symbols = [];
  for (let length = 1; length < 16; length += 1) {
    lengths.forEach((each, symbol) => {
      if (each === length) symbols.push(symbol);
    });
    counts[length] = symbols.length - counts.reduce((sum, count) => sum + count, 0);
  }
  return { counts, symbols };
}

function inflated(bytes) {
  const out = [];
  let at = 2; // after the two bytes that say it is zlib's
  let held = 0;
  let left = 0;

  function bits(count) {
    let value = 0;
    for (let bit = 0; bit < count; bit += 1) {
      if (!left) {
        if (at >= bytes.length) throw new RangeError("data end too early");
        held = bytes[at];
        at += 1;
        left = 8;
      }
      value |= (held & 1) << bit;
      held >>= 1;
      left -= 1;
    }
    return value;
  }

  function symbolOf(code) {
    let value = 0;
    let first = 0;
    let passed = 0;
    for (let length = 1; length < 16; length += 1) {
      value = (value << 1) | bits(1);
      first <<= 1;
      if (value - first < code.counts[length]) return code.symbols[passed + value - first];
      first += code.counts[length];
      passed += code.counts[length];
    }
    throw new RangeError("no such symbol");
  }

  function lengthsOf(code, count) {
    const lengths = [];
    while (lengths.length < count) {
      const symbol = symbolOf(code);
      if (symbol < 16) lengths.push(symbol);
      else {
        const last = symbol === 16 ? lengths[lengths.length - 1] : 0;
        const times = symbol === 16 ? 3 + bits(2) : symbol === 17 ? 3 + bits(3) : 11 + bits(7);
        for (let time = 0; time < times; time += 1) lengths.push(last);
      }
    }
    return lengths;
  }

  function codes(kind) {
    if (kind === 1) {
      const lengths = Array.from({ length: 288 }, (_, n) => (n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8));
      return [prefixCode(lengths), prefixCode(new Array(30).fill(5))];
    }
    const literals = 257 + bits(5);
    const distances = 1 + bits(5);
    const own = new Array(19).fill(0);
    for (let n = 4 + bits(4), i = 0; i < n; i += 1) own[ORDER[i]] = bits(3);
    const lengths = lengthsOf(prefixCode(own), literals + distances);
    return [prefixCode(lengths.slice(0, literals)), prefixCode(lengths.slice(literals))];
  }

  const spanned = (span) => span.begin + bits(span.bits);

  function copyStored() {
    left = 0;
    const count = bytes[at] | (bytes[at + 1] << 8);
    for (const byte of bytes.subarray(at + 4, at + 4 + count)) out.push(byte);
    at += 4 + count;
  }

  function copyCoded([literals, distances]) {
    for (let symbol = symbolOf(literals); symbol !== 256; symbol = symbolOf(literals)) {
      if (symbol < 256) out.push(symbol);
      else {
        const length = spanned(LENGTHS[symbol - 257]);
        const distance = spanned(DISTANCES[symbolOf(distances)]);
        if (distance > out.length) throw new RangeError("nothing that far back");
        for (let n = 0; n < length; n += 1) out.push(out[out.length - distance]);
      }
    }
  }

  for (let last = 0; !last; ) {
    last = bits(1);
    const kind = bits(2);
    if (kind) copyCoded(codes(kind));
    else copyStored();
  }
  return new TextDecoder().decode(Uint8Array.from(out));
}

async function inflatedText(bytes) {
  if (typeof DecompressionStream === "undefined") return inflated(bytes);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

// The figure that a link is about. One told with its column leads there, where no script runs.
function figureOf(link) {
  return link.getAttribute("data-fact") || (link.getAttribute("href") || `#${link.id}`).slice("#fact-".length);
}

function bytesOf(base64) {
  const packed = atob(base64);
  const bytes = new Uint8Array(packed.length);
  for (let at = 0; at < packed.length; at += 1) bytes[at] = packed.charCodeAt(at);
  return bytes;
}

function named(fields, row) {
  const fact = {};
  for (let at = 0; at < fields.length; at += 1) fact[fields[at]] = row[at];
  return fact;
}

async function readFacts() {
  const data = JSON.parse(await inflatedText(bytesOf(document.getElementById("facts").textContent)));
  ({ cells, origins } = data);
  facts = data.facts.map((row) => named(data.fields, row));
  factById = new Map(facts.map((fact) => [fact.id, fact]));
}

const factsRead = readFacts();
factsRead.catch(() => {}); // those who wait for it say what follows
