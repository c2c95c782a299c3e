// Fits the weights of TokenEstimator: node fit-estimator.mjs <folder with one folder of texts for every kind>
// Prints the rows for EstimatorWeights.cs and the error on the half of the files that the fit has not seen.
// A weight is what a character costs, in thousandths of a token, given its kind and the kind of the character before it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'

const kinds = 20
const ascii = [
  ['\n\r', 1], ['0123456789', 3], ['aeiou', 4], ['bcdfghlmnprsty', 5], ['jkqvwxz', 6], ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', 7],
  ['"', 8], ['{}[](),:;', 9], ['./-_\\', 10], ["!#$%&'*+<=>?@^`|~", 11], [' ', 0],
]
const table = new Uint8Array(512 + 128).fill(19)
table.fill(2, 0, 128)
for (const [characters, kind] of ascii) for (const c of characters) table[c.charCodeAt(0)] = kind
const blocks = (first, last, kind) => table.fill(kind, 128 + (first >> 7), 128 + (last >> 7) + 1)
blocks(0x0080, 0x02ff, 12)
blocks(0x0300, 0x052f, 13)
blocks(0x0580, 0x1fff, 14)
blocks(0x2000, 0x2fff, 15)
blocks(0x3400, 0x9fff, 16)
blocks(0x3000, 0x30ff, 17)
blocks(0xac00, 0xd7ff, 17)
blocks(0xd800, 0xdfff, 18)

const features = text => {
  const counts = new Map()
  let previous = 1
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    const kind = c < 128 ? table[c] : table[128 + (c >> 7)]
    const pair = previous * kinds + kind
    counts.set(pair, (counts.get(pair) ?? 0) + 1)
    previous = kind
  }

  return counts
}

const plain = { disallowedSpecial: new Set() }
const train = []
const test = []
const chunk = 4000
const learn = text => {
  for (let at = 0; at < text.length; at += chunk) {
    const part = text.slice(at, at + chunk)
    if (part.length >= 200) train.push([features(part), countTokens(part, plain)])
  }
}

const root = process.argv[2]
// Half by half by name, so that related files, which sort together, fall on both sides.
const isForTest = name => [...name].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 1009, 7) % 2 === 1
for (const kind of readdirSync(root, { withFileTypes: true }).filter(entry => !entry.isFile())) {
  const files = readdirSync(join(root, kind.name)).filter(name => !/\.(keep|query|meta\.json)$/.test(name)).sort()
  for (const name of files) {
    const text = readFileSync(join(root, kind.name, name), 'utf8')
    if (isForTest(name)) test.push([kind.name, text])
    else learn(text)
  }
}

// Scripts that tool output seldom holds: names of languages, regions and currencies, as the Unicode locale data has them.
const scripts = ['fr', 'de', 'es', 'pl', 'tr', 'vi', 'ru', 'uk', 'el', 'ar', 'fa', 'he', 'hi', 'bn', 'ta', 'th', 'zh', 'zh-Hant', 'ja', 'ko']
const codes = { language: 'en fr de es it pt ru uk pl tr ar fa he hi bn ta te th zh ja ko vi id sv fi da nl cs hu el ro bg sr hr'.split(' '), region: [], currency: 'USD EUR GBP JPY CNY KRW INR RUB BRL CHF SEK NOK PLN TRY'.split(' ') }
for (const a of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') for (const b of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') codes.region.push(a + b)
const locales = scripts.map(script => {
  const names = Object.entries(codes).flatMap(([type, list]) => list.map(code => [code, new Intl.DisplayNames(script, { type }).of(code)]))
  const text = names.filter(([code, name]) => code !== name).map(([, name]) => name).join(/zh|ja/.test(script) ? '' : ' ')
  learn(text.slice(0, text.length >> 1))
  return [script, text.slice(text.length >> 1)]
})
learn('\u2500\u2502\u251c\u2514\u2192\u2713\u2026\u2014\u2019\u201c\u201d '.repeat(30))
learn('😀 👍🏽 ❤️ 🎉🚀 👩‍👩‍👧 🔥✅ '.repeat(20))

// Least squares of the relative error, weights not negative, pulled a little towards 0.3 tokens for pairs that are hardly seen.
const size = kinds * kinds
const gram = new Float64Array(size * size)
const target = new Float64Array(size)
for (const [counts, tokens] of train) {
  const scale = 1 / tokens ** 2
  for (const [i, a] of counts) {
    target[i] += a * tokens * scale
    for (const [j, b] of counts) gram[i * size + j] += a * b * scale
  }
}

const pull = Number(process.argv[3] ?? 2e-2)
const prior = 0.3
const weights = new Float64Array(size).fill(prior)
for (let round = 0; round < 3000; round++) {
  for (let i = 0; i < size; i++) {
    let rest = target[i] + pull * prior
    for (let j = 0; j < size; j++) if (j !== i) rest -= gram[i * size + j] * weights[j]
    weights[i] = Math.max(0, rest / (gram[i * size + i] + pull))
  }
}

const rounded = Array.from(weights, weight => Math.round(weight * 1000))

// The only Chinese seen is names, at 1,039; common words cost about 540. Running text lies between.
rounded[16 * kinds + 16] = 700
for (let i = 0; i < kinds; i++) console.log('        ' + rounded.slice(i * kinds, (i + 1) * kinds).join(', ') + ',')

const estimate = text => {
  let sum = 0
  for (const [pair, n] of features(text)) sum += n * rounded[pair]
  return Math.max(1, Math.round(sum / 1000))
}

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]
const report = (name, texts) => {
  const errors = []
  let sum = 0
  let all = 0
  let quarter = 0
  for (const text of texts) {
    const tokens = countTokens(text, plain)
    if (tokens < 200) continue
    const guess = estimate(text)
    sum += guess
    all += tokens
    quarter += Math.abs(text.length / 4 / tokens - 1)
    errors.push(Math.abs(guess / tokens - 1))
  }

  errors.sort((a, b) => a - b)
  if (!errors.length) return
  const percent = value => (value * 100).toFixed(1)
  console.log(`| ${name} | ${errors.length} | ${all} | ${percent(sum / all - 1)} | ${percent(quantile(errors, 0.5))} | ${percent(quantile(errors, 0.9))} | ${percent(errors.at(-1))} | ${percent(quarter / errors.length)} |`)
}

console.log('| kind | files | tokens | bias % | median % | 9 in 10 below % | worst % | length / 4: mean % |')
for (const kind of new Set(test.map(([name]) => name))) report(kind, test.filter(([name]) => name === kind).map(([, text]) => text))
report('all', test.map(([, text]) => text))
for (const [script, text] of locales) report(`names, ${script}`, [text])
