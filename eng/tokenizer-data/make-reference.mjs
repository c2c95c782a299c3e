// Writes tests/Headroom.Core.Tests/Tokens/Data/o200k_base.reference.ndjson.gz: one [text, count] per line, counted by gpt-tokenizer.
// Everything is made here from fixed lists and a seeded generator, so that the same package version gives the same lines.
// A text is a string, or an array of [string, times] for long runs.
import { mkdirSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'

const asText = { disallowedSpecial: new Set() }
const lines = []

const add = text => {
  const plain = typeof text === 'string' ? text : text.map(([part, times]) => part.repeat(times)).join('')
  // JSON.stringify writes lone surrogates as escapes, which a reader must keep as they are.
  lines.push(JSON.stringify([text, countTokens(plain, asText)]))
}

const texts = [
  '', 'a', ' ', '\n', '\r\n', '\t', '\0', '\u007f', 'Hello, world!', 'hello  world', ' leading', 'trailing ', '  two  ', '\n\n\n', ' \n \n ',
  "I'm you're he's we've she'll they'd don't", "I'M YOU'RE HE'S WE'VE SHE'LL THEY'D DON'T", "'s 't 're", "x'S's't'LL'lL y'q z'", "a'\u017f b'K",
  'camelCaseWords HTTPServerError XMLHttpRequest getURLForID iOS macOS snake_case_name SCREAMING_SNAKE kebab-case-name',
  '1 12 123 1234 12345 1234567890 3.14159 1e-10 0x7fff 1,000,000 2026-03-04T09:00:01.123Z 192.168.0.1',
  '!!! ??? ... --- === /// \\\\\\ ### ``` """ \'\'\' ((())) [[]] {{}} <|> /*/ // /// a//b // \n/\n// !\r\n/!',
  '<|endoftext|> <|im_start|>user<|im_sep|>hi<|im_end|> <|endofprompt|><|fim_prefix|>',
  'Größe Straße ÀÉÎÕÜ naïve café œuvre Ærøskøbing İstanbul ırmak ŁódŹ',
  'Съешь же ещё этих мягких французских булок, да выпей чаю. ПРИВЕТ Мир',
  'Ξεσκεπάζω την ψυχοφθόρα βδελυγμία. ΑΘΗΝΑ Ελλάς ὈΔΥΣΣΕΎΣ',
  'نص حكيم له سر قاطع وذو شأن عظيم مكتوب على ثوب أخضر ٠١٢٣٤٥٦٧٨٩ مُحَمَّد',
  'דג סקרן שט בים מאוכזב ולפתע מצא לו חברה שָׁלוֹם',
  'ऋषियों को सताने वाले दुष्ट राक्षसों के राजा रावण का सर्वनाश करने वाले १२३४',
  'เป็นมนุษย์สุดประเสริฐเลิศคุณค่า กว่าบรรดาฝูงสัตว์เดรัจฉาน ๑๒๓ ๆ',
  '我能吞下玻璃而不伤身体。這是一個測試，包含繁體字。一二三',
  'いろはにほへと ちりぬるを。カタカナ・ひらがな、漢字。々ー〆',
  '키스의 고유조건은 입술끼리 만나야 하고 특별한 기술은 필요치 않다.',
  'ખાતરી தமிழ் తెలుగు ಕನ್ನಡ മലയാളം සිංහල မြန်မာ ខ្មែរ ລາວ བོད ქართული Հայերեն አማርኛ',
  '😀😃🤣 👩‍👩‍👧‍👦 👍🏽 🇩🇪🇫🇷 ❤️ 1️⃣ 🏳️‍🌈 a😀b 😀\n😀',
  'e\u0301 o\u0308\u0304 \u0301 \u0301\u0302a !\u0301 !!\u0301! a\u0301B\u0301C A\u0301A A\u0301AA \u0301AA \u0301AAb 1\u0301',
  '𝒜𝒷𝒸 𝔸𝔹ℂ 𐐀𐐁𐐨𐐩 𐐀𐐨 𐐨𐐀 𠀀𠀁 𝟘𝟙𝟚𝟛 𝟘1𝟚3 ABC𐐀 abc𐐨 x𐐀y 𐐀\'s !𐐀 !𐐨',
  'ǅ ǅa ǅA Aǅb aǅ ǅǈǋ ᾈα Aʰ ʰA ʰa aʰA AʰA AʰAʰA ʰʱ ʰ\'s Aʰ\'s AʰB\'s ー AーB aーB 中A 中a A中 A中A a中A\'s',
  'Ⅳ ⅳ ½ ² ①②③④ 1½2 ٣1٣1 一1',
  'a\u00a0b \u00a0\u00a0c \u3000d\u3000\u3000e \u2028f \u2029\u2029 \u0085g \u180eh \u200bi \v\fj \u1680k \u202f \u205f\u2000\u200a',
  '\ufeff', '\ufeff\ufeff', 'a\ufeff', '\ufeffclass X', '\ufeff{}', ' \ufeff', '\ufeff\n',
  '\ud800', '\udfff', '\ud800\ud800', '\udc00\ud800', 'a\ud83d', '\ude00b', ' \ud83d', '\ud83d\n', 'x\ud83dy\ude00z', '\ud83d\ud83d\ude00', '\ud83d\ude00\ude00',
  '\ufffd \ufffd\ufffd \ufffda \ufffds\ufffd', '\ue000\uf8ff \uffff \u{10ffff} \u{e0001}',
  'a \n b\n  c\n\n    d\r\n\te\r\n\r\n  \r\n  f  \n', ' \r \n\r\r\n \t\n\t x', '  \n  x', 'x  \n', 'x  ', '\t\tx', ' \tx', '\t x', ' \t', '\n x', '\n  x',
  '{"id":1347,"title":"Found a bug","user":{"login":"octocat","id":1},"open":true,"score":-1.5e-3,"none":null,"text":"line\\nbreak \\u00e9"}',
  '{\n  "items": [\n    {\n      "name": "alpha",\n      "tags": ["x", "y"],\n      "when": "2026-04-22T13:33:48Z"\n    }\n  ],\n  "total": 1\n}\n',
  '2026-03-04T09:00:01.123Z INFO  [main] api - Starting on :8080 (pid=4711)\n2026-03-04 09:05:12,001 ERROR db.Pool exhausted max_connections=100 id=3f2504e0-4f89-11d3-9a0c-0305e82c3301\n\tat com.acme.Db.open(Db.java:42)\n',
  'public static int Add(int a, int b)\n{\n    // sum\n    return a + b; /* done */\n}\n\n#include <stdio.h>\ndef f(x):\n\treturn x**2 if x >= 0 else -x  # ok\n',
  'diff --git a/x.cs b/x.cs\n@@ -1,3 +1,4 @@\n-old line\n+new line\n context\n',
  'aGVsbG8gd29ybGQsIHRoaXMgaXMgYmFzZTY0IGRhdGEgdGhhdCBoYXMgbm8gc3BhY2VzIGF0IGFsbA== da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'https://github.com/acme/app/pull/42/files?diff=split#L10-L20 C:\\Users\\me\\file.txt ~/.config/x.yml user@example.com',
  'antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis Donaudampfschifffahrtsgesellschaftskapitaen',
  '\u001b[31mred\u001b[0m \u001b[1;32mok\u001b[m\r50%\r100%\n', '| a | b |\n|---|---|\n| 1 | 2 |\n', '\u2500\u2500\u2502 \u251c\u2500\u2500 src\n\u2514\u2500\u2500 x\n',
]
texts.forEach(add)

// Every length of the runs that tools print, some long ones, and a few very long ones.
const runs = ['a', 'A', 'Aa', ' ', '\n', '\r\n', '\t', '0', '7', '-', '=', '.', '/', '*', '#', '!\n', ' \n', '中', 'の', 'я', 'Я', 'é', '😀', '\u0301', 'ʰ', 'ab', 'xyz', 'Ab1', '\ud800', '\ufffd', '\u3000', 'e\u0301', '𐐀', '𝟘', '٣', '_', '"', '\\', '\0', 'lorem']
const lengths = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 23, 24, 31, 32, 33, 40, 47, 48, 63, 64, 65, 79, 80, 81, 95, 96, 97, 100, 127, 128, 129, 200, 255, 256, 257, 500, 1000, 1365, 1366, 2000, 4095, 4096, 4097, 5000]
for (const run of runs) for (const length of lengths) if (length <= 1000 || run.length <= 2) add([[run, length]])
for (const [before, run, after] of [['x', ' ', 'y'], ['', ' ', '\n'], ['{', '\n', '}'], ['"', '-', '"'], ['a', '1', 'b'], ['A', 'b', 'C'], ['', 'Z', 'z'], ['z', 'Z', ' ']]) {
  for (const length of lengths) add([[before, 1], [run, length], [after, 1]])
}

// A seeded generator (mulberry32), so that the mixes are the same everywhere.
let state = 20260304
const random = () => {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const below = n => Math.floor(random() * n)

const alphabets = [
  'abcdefghijklmnopqrstuvwxyz', 'abcdefghijklmnopqrstuvwxyz', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', '0123456789', ' ', '    ', '\n', '\r\n', '\t', "'s", "'LL", "'ve", "'",
  '!"#$%&()*+,-./:;<=>?@[]^_`{|}~', '/', '--', '==', '","', '":"', '\u00a0\u3000\u2028\u0085\u180e\u200b\v\f\ufeff', 'ǅǈᾈ', 'ʰʱ々ーๆ', '\u0301\u0308\u0940\u064b\u20dd\ufe0f',
  'абвгдеАБВГД', 'αβγδΑΒΓΔ', 'אבגדה', 'ابتثج', 'कखगघाि', 'กขคงจ', '中文日本語漢字', 'ひらがなカタカナ', '한국어말', '😀👩‍👧🏽🇩🇪', '𝒜𝒷𐐀𐐨𠀀𝟘', '\ud83d', '\ude00', '<|endoftext|>',
  '٠١٢٣', 'ⅣⅫ½²', 'ß\u017f\u212a', 'éüñÉ', '\0\u0001\u007f', 'https://', '\\u00e9', 'Error', ' the ', 'function',
]
for (let i = 0; i < 6000; i++) {
  const chosen = Array.from({ length: 1 + below(5) }, () => alphabets[below(alphabets.length)])
  let text = ''
  for (let part = 1 + below(9); part > 0; part--) {
    const alphabet = random() < 0.8 ? chosen[below(chosen.length)] : alphabets[below(alphabets.length)]
    const how = below(4)
    if (how === 0) {
      text += alphabet
      continue
    }

    const units = how === 1 ? [...alphabet] : alphabet.split('')
    for (let n = 1 + below(how === 3 ? 12 : 5); n > 0; n--) text += units[below(units.length)]
  }

  add(text)
}

const folder = new URL('../../tests/Headroom.Core.Tests/Tokens/Data/', import.meta.url)
mkdirSync(folder, { recursive: true })
const packed = gzipSync(lines.join('\n') + '\n', { level: 9 })
writeFileSync(new URL('o200k_base.reference.ndjson.gz', folder), packed)
console.log(`${lines.length} texts, packed ${packed.length} bytes`)
