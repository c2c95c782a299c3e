using System.IO.Compression;
using System.Text;

namespace Headroom.Core.Tests.Tokens;

/// <summary>The texts and counts that <c>eng/tokenizer-data/make-reference.mjs</c> recorded from gpt-tokenizer.</summary>
internal static class ReferenceCounts
{
    public static IEnumerable<(string Text, int Count)> Read()
    {
        using FileStream file = File.OpenRead(RepositoryFiles.PathOf("tests/Headroom.Core.Tests/Tokens/Data/o200k_base.reference.ndjson.gz"));
        using var lines = new StreamReader(new GZipStream(file, System.IO.Compression.CompressionMode.Decompress), Encoding.UTF8);
        while (lines.ReadLine() is { } line) yield return Parse(line);
    }

    private static (string Text, int Count) Parse(string line)
    {
        // Lone surrogates are escaped in the file; JsonElement.GetString refuses them, so escapes are undone by hand.
        int end = line.LastIndexOf(',');
        int count = int.Parse(line.AsSpan(end + 1, line.Length - end - 2));
        int at = 1;
        if (line[at] == '"') return (ReadString(line, ref at), count);

        var text = new StringBuilder();
        at++;
        while (line[at] == '[')
        {
            at++;
            string part = ReadString(line, ref at);
            int close = line.IndexOf(']', at);
            int times = int.Parse(line.AsSpan(at + 1, close - at - 1));
            text.Insert(text.Length, part, times);
            at = close + 1;
            if (line[at] == ',') at++;
        }

        return (text.ToString(), count);
    }

    private static string ReadString(string line, ref int at)
    {
        var text = new StringBuilder();
        for (at++; line[at] != '"'; at++)
        {
            if (line[at] != '\\')
            {
                text.Append(line[at]);
                continue;
            }

            at++;
            switch (line[at])
            {
                case 'n': text.Append('\n'); break;
                case 'r': text.Append('\r'); break;
                case 't': text.Append('\t'); break;
                case 'b': text.Append('\b'); break;
                case 'f': text.Append('\f'); break;
                case 'u':
                    text.Append((char)Convert.ToUInt16(line.Substring(at + 1, 4), 16));
                    at += 4;
                    break;
                default: text.Append(line[at]); break;
            }
        }

        at++;
        return text.ToString();
    }
}
