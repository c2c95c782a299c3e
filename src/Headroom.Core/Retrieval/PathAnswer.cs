using System.Globalization;

namespace Headroom.Retrieval;

/// <summary>Answers with values of a JSON original, or with rows of its arrays or members of these, each as it is spelled there; of source code, with what is declared under a name.</summary>
internal static class PathAnswer
{
    /// <summary>With fewer tokens left, the next of several paths is only named.</summary>
    private const int MinPart = 60;

    public static string Write(AnswerPage page, RetrievalRequest request)
    {
        Place? one = Find(page.Lines, request.Path!, out string problem);
        if (one is null && SymbolAnswer.Write(page, request, isCode: problem == JsonNavigator.NotJson) is { } declared) return declared;
        List<string> paths = one is null ? PathList.Split(request.Path!) : [request.Path!];
        if (one is null && paths.Count == 1) return $"[{problem}]";
        if (request.Query is not null) return WriteQuery(page, request, paths);
        for (int i = 0; i < paths.Count; i++)
        {
            if (page.Left < MinPart && i > 0)
            {
                page.AddLine($"[no room left; next: path={string.Join(',', paths.Skip(i))}]");
                break;
            }

            if (Find(page.Lines, paths[i], out problem) is { } place) Write(page, place);
            else page.AddLine($"[{problem}]");
        }

        return page.ToString();
    }

    private static string WriteQuery(AnswerPage page, RetrievalRequest request, List<string> paths)
    {
        List<TextSpan> within = [];
        string problem = "";
        foreach (string path in paths)
        {
            if (Find(page.Lines, path, out problem) is { } place) within.Add(SpanOf(place.Location));
        }

        return within.Count > 0 ? QueryAnswer.Write(page, request, within) : $"[{problem}]";
    }

    private static void Write(AnswerPage page, Place place)
    {
        if (place.Columns is not null) ColumnAnswer.Write(page, place.Location, place.Columns);
        else if (place.Location.Rows is null) WriteValue(page, place.Location);
        else WriteRows(page, place.Location);
    }

    /// <summary>Where one path leads: read as a path, else as rows with members chosen.</summary>
    private static Place? Find(TextLines lines, string path, out string problem)
    {
        if (TryFind(lines, path, out JsonLocation? location, out problem)) return new Place(location!, null);
        return RowColumns.Parse(path) is { } columns && TryFind(lines, columns.RowsPath, out location, out _) && location!.Rows is not null
            ? new Place(location, columns)
            : null;
    }

    private readonly record struct Place(JsonLocation Location, RowColumns? Columns);

    private static bool TryFind(TextLines lines, string path, out JsonLocation? location, out string problem)
    {
        location = null;
        problem = "";
        foreach (JsonPath reading in JsonPath.Readings(path))
        {
            location = JsonNavigator.Find(lines, reading, out string reason);
            if (location is not null) return true;
            if (problem.Length == 0) problem = reason; // of the most literal reading
        }

        return false;
    }

    private static TextSpan SpanOf(JsonLocation location) =>
        location.Rows is { } rows ? new TextSpan(rows[0].Start, rows[^1].End) : location.Value;

    private static void WriteValue(AnswerPage page, JsonLocation location)
    {
        string header = $"value of {Name(location)}";
        if (page.Fits(header, location.Value, isLast: true))
        {
            page.Add($"[{header}]", location.Value);
            return;
        }

        TextSpan cut = page.Cut(header, location.Value);
        page.Add($"[start of the {header}; next: {LinesAnswer.Next(LinesAnswer.Rest(page.Lines, cut, location.Value))}]", cut);
    }

    /// <summary>Rows follow each other in the original, but for commas and white space: those are not written, each row stands on its own line.</summary>
    private static void WriteRows(AnswerPage page, JsonLocation location)
    {
        IReadOnlyList<TextSpan> rows = location.Rows!;
        string Header(int count) => $"rows {N(location.FirstRow)}-{N(location.FirstRow + count - 1)} of {N(location.RowCount)} of {Name(location)}";
        int left = page.Left - page.Tokens.Count(Header(rows.Count)) - 40; // the brackets and how to go on
        int fitting = 0;
        while (fitting < rows.Count && TokenFit.PrefixLength(Text(rows[fitting]), left - 1, page.Tokens) == rows[fitting].Length)
            left -= page.Tokens.Count(Text(rows[fitting++])) + 1;

        if (fitting == 0)
        {
            TextSpan cut = page.Cut(Header(1), rows[0]);
            string rest = LinesAnswer.Next(LinesAnswer.Rest(page.Lines, cut, rows[0]));
            page.Add($"[start of row {N(location.FirstRow)} of {N(location.RowCount)} of {Name(location)}; next: {rest}{(rows.Count > 1 ? ", then " + Next(location, 1) : "")}]", cut);
            return;
        }

        page.AddLine($"[{Header(fitting)}{(fitting < rows.Count ? "; next: " + Next(location, fitting) : "")}]");
        for (int i = 0; i < fitting; i++) page.AddLine(Text(rows[i]).ToString());

        ReadOnlySpan<char> Text(TextSpan span) => page.Lines.Text.AsSpan(span.Start, span.Length);
    }

    private static string Next(JsonLocation location, int from) =>
        "path=" + MarkerText.Locator(ContentRange.Rows(location.Pointer, location.FirstRow + from, location.FirstRow + location.Rows!.Count - 1));

    private static string Name(JsonLocation location) =>
        location.Pointer.Length == 0 ? "the root" : MarkerText.Phrase(location.Pointer);

    private static string N(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
