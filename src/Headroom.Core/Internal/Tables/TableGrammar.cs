using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Headroom.Internal.Lines;

namespace Headroom.Internal.Tables;

/// <summary>The lines that frame encoded tables: the legend that begins a text, and the line that begins a table.</summary>
internal static class TableGrammar
{
    /// <summary>Begins a line that stands as it is, whatever it looks like.</summary>
    public const string Raw = "@=";

    /// <summary>Begins a line that gives the heads of the rows below.</summary>
    public const string Section = "@ ";

    private const string LegendStart = "[tables";
    private const string TemplateLegend = "; a row fills the * of its template";
    private const string DefaultLegend = ", *??x is x where blank";
    private const string DittoLegend = ", *^ where blank repeats the cell above";
    private const string AlignedLegend = "; values aligned ";
    private const string AlignedAtLegend = "; values aligned at ";
    private const string SectionLegend = ", \"@ x\" gives the @ of the rows below it";

    /// <summary>The first line of an encoded text: what a reader must know of the codes that occur in it.</summary>
    public static string Legend(IReadOnlyCollection<ColumnCodeKind> kinds, KeyedLines? keyed)
    {
        var text = new StringBuilder(LegendStart);
        if (kinds.Any(k => k != ColumnCodeKind.Plain)) text.Append(TemplateLegend);
        if (kinds.Contains(ColumnCodeKind.Default)) text.Append(DefaultLegend);
        if (kinds.Contains(ColumnCodeKind.Ditto)) text.Append(DittoLegend);
        if (kinds.Contains(ColumnCodeKind.Section) || kinds.Contains(ColumnCodeKind.SectionHead)) text.Append(SectionLegend);
        if (keyed is { Distance: < 0 }) text.Append(CultureInfo.InvariantCulture, $"{AlignedAtLegend}{-keyed.Distance}");
        else if (keyed is not null) text.Append(CultureInfo.InvariantCulture, $"{AlignedLegend}{keyed.Distance} apart");
        return text.Append(']').ToString();
    }

    public static bool IsLegend(ReadOnlySpan<char> line, out KeyedLines? keyed)
    {
        keyed = null;
        var scan = new LineScan(line);
        if (!scan.Skip(LegendStart)) return false;
        if (scan.Skip(TemplateLegend))
        {
            scan.Skip(DefaultLegend);
            scan.Skip(DittoLegend);
            scan.Skip(SectionLegend);
        }

        int distance = 0;
        if (scan.Skip(AlignedAtLegend) ? !scan.Number(out distance) : scan.Skip(AlignedLegend) && !(scan.Number(out distance) && scan.Skip(" apart"))) return false;
        if (distance > KeyedLines.MaxColumn) return false;
        if (distance > 0) keyed = new KeyedLines(line.Contains(AlignedAtLegend, StringComparison.Ordinal) ? -distance : distance);
        return scan.SkipLast("]");
    }

    /// <summary>Whether a line outside a table must be written as raw to be read back.</summary>
    public static bool NeedsEscape(ReadOnlySpan<char> line) => line.StartsWith(Raw, StringComparison.Ordinal) || TryParse(line, out _);

    public static string TableLine(TableHead head) => head.RecordLines > 0
        ? string.Create(CultureInfo.InvariantCulture, $"[{head.Rows} records of {head.RecordLines} lines, {head.Layout}]")
        : string.Create(CultureInfo.InvariantCulture, $"[{head.Rows} rows{(head.HasHeader ? "" : " without header")}, {head.Layout}{(head.HasTemplate ? ", template" : "")}{(head.EndsWithReturn ? ", CRLF" : "")}]");

    public static bool TryParse(ReadOnlySpan<char> line, [NotNullWhen(true)] out TableHead? head)
    {
        head = null;
        var scan = new LineScan(line);
        if (!scan.Skip("[") || !scan.Number(out int rows)) return false;
        if (scan.Skip(" records of "))
        {
            if (!scan.Number(out int lines) || lines == 0 || !scan.Skip(" lines, ") || !line.EndsWith("]")) return false;
            head = new TableHead(rows, lines, HasHeader: false, scan.Rest[..^1].ToString(), HasTemplate: true, EndsWithReturn: false);
            return true;
        }

        if (!scan.Skip(" rows")) return false;
        bool hasHeader = !scan.Skip(" without header");
        if (!scan.Skip(", ") || !line.EndsWith("]")) return false;
        ReadOnlySpan<char> layout = scan.Rest[..^1];
        bool endsWithReturn = TrimLast(ref layout, ", CRLF"), hasTemplate = TrimLast(ref layout, ", template");
        head = new TableHead(rows, 0, hasHeader, layout.ToString(), hasTemplate, endsWithReturn);
        return true;
    }

    private static bool TrimLast(ref ReadOnlySpan<char> text, string end)
    {
        if (!text.EndsWith(end, StringComparison.Ordinal)) return false;
        text = text[..^end.Length];
        return true;
    }
}

/// <summary>What the line that begins a table says.</summary>
/// <param name="Rows">Rows and raw lines, the header included, template and section lines not.</param>
/// <param name="RecordLines">Lines of the template and of each record; 0 where rows are single lines.</param>
/// <param name="HasHeader">Whether the first row names the columns.</param>
/// <param name="Layout">The layout in its own words.</param>
/// <param name="HasTemplate">Whether a template stands before the rows.</param>
/// <param name="EndsWithReturn">Whether the original lines end with a carriage return.</param>
internal sealed record TableHead(int Rows, int RecordLines, bool HasHeader, string Layout, bool HasTemplate, bool EndsWithReturn);
