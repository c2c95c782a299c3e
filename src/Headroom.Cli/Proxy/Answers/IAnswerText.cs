namespace Headroom.Cli.Proxy.Answers;

/// <summary>Reads the text of an answer as it passes.</summary>
internal interface IAnswerText
{
    /// <summary>The next bytes.</summary>
    void Feed(ReadOnlySpan<byte> bytes);

    /// <summary>There are no more.</summary>
    void End();
}
