using System.Diagnostics.CodeAnalysis;
using Headroom.Internal.Lines;

namespace Headroom.Internal.Tables;

/// <summary>Texts with encoded tables in them, and those texts folded.</summary>
internal static class TableText
{
    /// <summary>The whole text with its tables encoded where that wins; <see langword="null"/> where it wins nowhere or would not decode.</summary>
    public static string? Encode(string text, LineList lines, List<TableRegion> regions)
    {
        List<string> output = [""];
        HashSet<ColumnCodeKind> kinds = [];
        int next = 0, tables = 0;
        foreach (TableRegion region in regions)
        {
            if (TableWriter.Write(lines, region) is not { } table) continue;
            int before = 0;
            for (int i = region.First; i < region.End; i++) before += TokenEstimate.Of(lines[i]) + 1;
            if (table.Cost >= before) continue;
            Verbatim(region.First);
            output.AddRange(table.Lines);
            kinds.UnionWith(table.Kinds);
            next = region.End;
            tables++;
        }

        if (tables == 0) return null;
        Verbatim(lines.Count);
        output[0] = TableGrammar.Legend(kinds);
        string encoded = string.Join('\n', output);
        return TableReader.TryRead(encoded, out string? decoded) && decoded == text ? encoded : null;

        void Verbatim(int end)
        {
            for (; next < end; next++) output.Add((TableGrammar.NeedsEscape(lines[next]) ? TableGrammar.Raw : "") + lines[next].ToString());
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
