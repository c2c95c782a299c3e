namespace Headroom.Laws;

/// <summary>The rows of a Python list or tuple as they are spelled, found by a plain walk over its characters: shares nothing with the code under test.</summary>
internal static class ReferencePythonRows
{
    public static string[] Of(string text)
    {
        text = text.TrimEnd('\n')[1..^1];
        List<string> rows = [];
        int depth = 0, start = 0;
        char quote = '\0';
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\\') i++;
            else if (quote != '\0') quote = c == quote ? '\0' : quote;
            else if (c is '\'' or '"') quote = c;
            else if ("([{".Contains(c)) depth++;
            else if (")]}".Contains(c)) depth--;
            else if (c == ',' && depth == 0)
            {
                rows.Add(text[start..i]);
                start = i + 2; // the comma and its blank
            }
        }

        if (start < text.Length) rows.Add(text[start..]);
        return [.. rows];
    }
}
