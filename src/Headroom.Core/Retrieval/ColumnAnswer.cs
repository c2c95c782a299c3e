using System.Globalization;
using System.Text;

namespace Headroom.Retrieval;

/// <summary>Answers with some members of rows: one object a row, each value as it is spelled in the original; members a row lacks are left out.</summary>
internal static class ColumnAnswer
{
    public static void Write(AnswerPage page, JsonLocation location, RowColumns columns)
    {
        string text = page.Lines.Text;
        bool isPython = page.Lines.IsPython;
        bool any = false;
        List<string> rows = [];
        foreach (TextSpan row in location.Rows!)
        {
            string shown = Row(text, row.Start, columns, isPython, ref any);
            rows.Add(shown);
        }

        string name = location.Pointer.Length == 0 ? "the root" : MarkerText.Phrase(location.Pointer);
        if (!any)
        {
            page.AddLine($"[no row of {name} has {MarkerText.Phrase(columns.ToString())}; ask for one row to see what it has: path={MarkerText.Locator(ContentRange.Rows(location.Pointer, location.FirstRow, location.FirstRow))}]");
            return;
        }

        string Header(int count) => string.Create(CultureInfo.InvariantCulture, $"rows {location.FirstRow:N0}-{location.FirstRow + count - 1:N0} of {location.RowCount:N0} of {name}, only {MarkerText.Phrase(columns.ToString())}");
        string Next(int from) => "path=" + MarkerText.Locator(ContentRange.Rows(location.Pointer, location.FirstRow + from, location.FirstRow + rows.Count - 1)) + "/" + columns;
        int left = page.Left - page.Tokens.Count(Header(rows.Count)) - page.Tokens.Count(Next(0)) - 8; // the brackets and how to go on
        int fitting = 0;
        while (fitting < rows.Count && (left -= page.Tokens.Count(rows[fitting]) + 1) >= 0) fitting++;
        if (fitting == 0)
        {
            page.AddLine($"[row {location.FirstRow.ToString("N0", CultureInfo.InvariantCulture)} does not fit; ask for less of it, or with a larger max_tokens: {Next(0)}]");
            return;
        }

        page.AddLine($"[{Header(fitting)}{(fitting < rows.Count ? "; next: " + Next(fitting) : "")}]");
        for (int i = 0; i < fitting; i++) page.AddLine(rows[i]);
    }

    private static string Row(string text, int row, RowColumns columns, bool isPython, ref bool any)
    {
        var shown = new StringBuilder("{");
        foreach (IReadOnlyList<string> column in columns.Columns)
        {
            if (JsonNavigator.FindIn(text, row, column, isPython) is not { } value) continue;
            any = true;
            if (shown.Length > 1) shown.Append(", ");
            shown.Append('"').Append(RowColumns.Name(column)).Append("\": ").Append(text, value.Start, value.Length);
        }

        return shown.Append('}').ToString();
    }
}
