using System.Diagnostics.CodeAnalysis;

namespace Headroom.Retrieval;

/// <summary>Reads tool-call arguments as models write them.</summary>
internal static class RetrievalArguments
{
    public static bool TryParse(string json, [NotNullWhen(true)] out RetrievalRequest? request, [NotNullWhen(false)] out string? problem)
    {
        request = null;
        problem = "arguments are not read yet.";
        return false;
    }

    public static bool TryCreate(
        IEnumerable<KeyValuePair<string, object?>> arguments, [NotNullWhen(true)] out RetrievalRequest? request, [NotNullWhen(false)] out string? problem)
    {
        request = null;
        problem = "arguments are not read yet.";
        return false;
    }
}
