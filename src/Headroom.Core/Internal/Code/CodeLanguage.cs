namespace Headroom.Internal.Code;

/// <summary>Languages whose declarations are found; relatives that are written alike share a member.</summary>
internal enum CodeLanguage
{
    /// <summary>Not recognised, or several in one text: lines are guessed at one by one.</summary>
    Unknown,
    CSharp,
    Java,

    /// <summary>C and C++.</summary>
    C,

    /// <summary>JavaScript and TypeScript.</summary>
    Script,
    Go,
    Rust,
    Kotlin,
    Swift,
    Php,
    Python,

    /// <summary>Ruby and Elixir, whose bodies end with <c>end</c>.</summary>
    Ruby,
}
