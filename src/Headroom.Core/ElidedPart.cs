namespace Headroom;

/// <summary>A piece of an elided text: something kept, or a gap.</summary>
public abstract record ElidedPart
{
    private protected ElidedPart()
    {
    }
}

/// <summary>Text that stays visible.</summary>
/// <param name="Text">What the model reads, without a final line end.</param>
/// <param name="Range">What of the original it shows; <see langword="null"/> for a legend or header that is not itself part of the original's rows.</param>
public sealed record KeptPart(string Text, ContentRange? Range) : ElidedPart;

/// <summary>A place where something was left out.</summary>
/// <param name="Range">What was left out.</param>
/// <param name="Phrase">What is in it, in a few ASCII words, without line ends and without <c>]</c> at its end; may be empty.</param>
public sealed record GapPart(ContentRange Range, string Phrase) : ElidedPart;
