namespace Headroom.SemanticKernel;

/// <summary>Marks parts of prompts as compressible: <c>[[headroom]] … [[/headroom]]</c>, in a template or in what is put into it.</summary>
/// <remarks>
/// The signs hold no character that templates encode. A question can stand in the first one, <c>[[headroom: {{$question}}]]</c>; otherwise the rest of the
/// prompt tells what matters. They are taken out by the filter that <c>CompressMarkedPrompts</c> adds.
/// </remarks>
public static class HeadroomPrompt
{
    /// <summary>Begins a marked part.</summary>
    public const string Begin = "[[headroom]]";

    /// <summary>Ends a marked part.</summary>
    public const string End = "[[/headroom]]";

    /// <summary>A text as a marked part of a prompt.</summary>
    /// <param name="text">The text, such as a document an application inserts.</param>
    public static string Mark(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return $"{Begin}\n{text}\n{End}";
    }
}
