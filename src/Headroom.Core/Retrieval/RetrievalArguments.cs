using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Headroom.Storage;

namespace Headroom.Retrieval;

/// <summary>Reads tool-call arguments as models write them.</summary>
/// <remarks>
/// Empty values count as not given, because many models fill in every parameter they are shown. What cannot be meant in two ways is
/// understood; what can be is refused with a message that shows the right form, because a wrong part would be believed.
/// </remarks>
internal static class RetrievalArguments
{
    /// <summary>A query or path longer than this is a mistake (a pasted text), and bounds what matching it can cost.</summary>
    private const int MaxText = 4_000;

    public static bool TryParse(string json, [NotNullWhen(true)] out RetrievalRequest? request, [NotNullWhen(false)] out string? problem)
    {
        request = null;
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.String) return TryParse(root.GetString()!, out request, out problem); // doubly encoded; each round is shorter
            if (root.ValueKind == JsonValueKind.Object)
                return TryCreate(root.EnumerateObject().Select(p => KeyValuePair.Create<string, object?>(p.Name, p.Value)), out request, out problem);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or JSON that is no text (lone surrogates): answered below.
        }

        problem = "the arguments must be a JSON object such as {\"id\": \"7kq2m9x4ab\", \"lines\": \"2-310\"}.";
        return false;
    }

    public static bool TryCreate(
        IEnumerable<KeyValuePair<string, object?>> arguments, [NotNullWhen(true)] out RetrievalRequest? request, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        request = null;
        string id = "", lines = "", query = "", path = "", maxTokens = "";
        foreach ((string name, object? value) in arguments)
        {
            switch (name.Trim().Replace("-", "_", StringComparison.Ordinal).ToLowerInvariant())
            {
                case "id": id = TextOf(value, ","); break;
                case "lines" or "line" or "range": lines = TextOf(value, ","); break;
                case "query": query = TextOf(value, " "); break;
                case "path": path = PathOf(value); break;
                case "max_tokens" or "maxtokens": maxTokens = TextOf(value, ""); break;
            }
        }

        id = CleanId(id);
        problem = id.Length == 0 ? "id is missing; it stands in the first line of the cut result: [headroom ID: ...]."
            : !OriginalId.IsWellFormed(id) ? $"\"{Shortened(id)}\" is not an id; it is the word after \"headroom\" in the first line of the cut result, such as 7kq2m9x4ab."
            : query.Length > MaxText ? "query is too long; use a few words."
            : path.Length > MaxText ? "path is too long."
            : null;
        if (problem is not null) return false;
        if (!LineRanges.TryParse(lines, out IReadOnlyList<LineRange> ranges))
        {
            problem = $"lines \"{Shortened(lines)}\" is not understood; write lines=\"120-180\", \"412-\" or \"1-10,50-60\".";
            return false;
        }

        request = new RetrievalRequest
        {
            Id = id,
            Lines = ranges,
            Query = string.IsNullOrWhiteSpace(query) ? null : query,
            Path = string.IsNullOrWhiteSpace(path) ? null : path.Trim(),
            MaxTokens = MaxTokensOf(maxTokens),
        };
        problem = null;
        return true;
    }

    /// <summary>A value as text: numbers as digits, lists joined, nothing as empty.</summary>
    /// <summary>A list of paths is several paths, a list of keys is one.</summary>
    private static string PathOf(object? value)
    {
        string several = TextOf(value, ",");
        return several.StartsWith('/') && several.Contains(",/", StringComparison.Ordinal) ? several : TextOf(value, "/");
    }

    private static string TextOf(object? value, string separator) => value switch
    {
        null => "",
        string text => text,
        JsonElement element => TextOf(element, separator),
        JsonNode node => TextOf(JsonSerializerFree(node), separator),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => Joined([.. list.Cast<object?>().Select(item => TextOf(item, "-"))], separator),
        _ => "",
    };

    private static string TextOf(JsonElement element, string separator) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Number => element.GetRawText(),
        JsonValueKind.Array => Joined([.. element.EnumerateArray().Select(e => TextOf(e, "-"))], separator),
        JsonValueKind.Object => string.Join('-', element.EnumerateObject().Select(p => TextOf(p.Value, "-"))), // {"start": 2, "end": 310}
        _ => "",
    };

    /// <summary>Two bare numbers in a list are a range, not two lines: <c>[120, 180]</c>. The elements of other lists are joined.</summary>
    private static string Joined(string[] items, string separator) =>
        string.Join(separator == "," && items.Length == 2 && items.All(IsWholeNumber) ? "-" : separator, items);

    private static bool IsWholeNumber(string text) => text.Length > 0 && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    private static JsonElement JsonSerializerFree(JsonNode node)
    {
        using JsonDocument document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }

    /// <summary>The id in <c>[headroom 7KQ2M9X4AB: …]</c>, <c>id=7kq2m9x4ab</c>, <c>"7kq2m9x4ab"</c>; letters the alphabet lacks are read as the digits they resemble.</summary>
    private static string CleanId(string text)
    {
        ReadOnlySpan<char> id = text.AsSpan().Trim(" \t\r\n\"'`[](){}<>:,.#");
        foreach (string prefix in (ReadOnlySpan<string>)["headroom", "id"])
        {
            if (id.Length > prefix.Length && id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && !char.IsLetterOrDigit(id[prefix.Length]))
                id = id[prefix.Length..].Trim(" =:\"'`[#");
        }

        int end = id.IndexOfAny(" :,]\"");
        if (end > 0) id = id[..end];
        return id.ToString().ToLowerInvariant().Replace('o', '0').Replace('i', '1').Replace('l', '1');
    }

    private static int MaxTokensOf(string text)
    {
        string digits = text.Replace(",", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).Trim();
        bool isNumber = double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= 1;
        return isNumber ? (int)Math.Min(number, int.MaxValue) : RetrievalRequest.DefaultMaxTokens;
    }

    private static string Shortened(string text) => MarkerText.Phrase(text.Length > 40 ? text[..40] + "..." : text);
}
