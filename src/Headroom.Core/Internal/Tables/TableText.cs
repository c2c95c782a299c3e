using System.Diagnostics.CodeAnalysis;
using Headroom.Internal.Lines;

namespace Headroom.Internal.Tables;

/// <summary>Texts with encoded tables in them, and those texts folded.</summary>
internal static class TableText
{
    /// <summary>Estimated tokens that must be won: the legend's price.</summary>
    private const int MinGain = 12;

    /// <summary>Characters of a text from which names may lose a shared beginning or end: agents copy names from short results.</summary>
    private const int MinCutNames = 4_000;

    /// <summary>The whole text with its tables encoded where that wins; <see langword="null"/> where it wins nowhere or would not decode.</summary>
    public static string? Encode(string text, LineList lines, List<TableRegion> regions, KeyedLines? keyed = null)
    {
        List<string> output = [""];
        HashSet<ColumnCodeKind> kinds = [];
        int next = 0, gain = 0;
        foreach (TableRegion region in regions)
        {
            if (TableWriter.Write(lines, region, wholeNames: text.Length < MinCutNames) is not { } table) continue;
            int before = 0;
            for (int i = region.First; i < region.End; i++) before += lines.Cost(i) + 1;
            if (table.Cost >= before) continue;
            Verbatim(region.First);
            output.AddRange(table.Lines);
            kinds.UnionWith(table.Kinds);
            next = region.End;
            gain += before - table.Cost;
        }

        Verbatim(lines.Count);
        if (gain < MinGain) return null;
        output[0] = TableGrammar.Legend(kinds, keyed);
        string encoded = string.Join('\n', output);
        return TableReader.TryRead(encoded, out string? decoded) && decoded == text ? encoded : null;

        void Verbatim(int end)
        {
            List<string> run = [];
            for (; next < end; next++)
            {
                if (!TableGrammar.NeedsEscape(lines[next]))
                {
                    run.Add(lines[next].ToString());
                    continue;
                }

                Flush(run);
                output.Add(TableGrammar.Raw + lines[next].ToString());
            }

            Flush(run);
        }

        void Flush(List<string> run)
        {
            if (keyed is null)
            {
                output.AddRange(run);
            }
            else
            {
                (List<string> squeezed, int won) = keyed.Squeeze(run, TableGrammar.Raw);
                output.AddRange(squeezed);
                gain += won;
            }

            run.Clear();
        }
    }

    /// <summary>Decodes a text with encoded tables, folded or not; a folded text without tables too.</summary>
    public static bool TryDecode(string text, [NotNullWhen(true)] out string? original)
    {
        if (!LineFold.TryDecode(text, out string? unfolded)) return TableReader.TryRead(text, out original);
        if (!TableReader.TryRead(unfolded, out original)) original = unfolded;
        return true;
    }
}
