namespace Headroom.Cli.Mcp;

/// <summary>What this process compressed and what was asked back. Thread-safe.</summary>
internal sealed class McpFigures
{
    private long _texts, _smaller, _tokensBefore, _tokensAfter, _retrievals, _tokensRetrieved;

    public long Texts => Interlocked.Read(ref _texts);

    public long Smaller => Interlocked.Read(ref _smaller);

    public long TokensBefore => Interlocked.Read(ref _tokensBefore);

    public long TokensAfter => Interlocked.Read(ref _tokensAfter);

    public long Retrievals => Interlocked.Read(ref _retrievals);

    public long TokensRetrieved => Interlocked.Read(ref _tokensRetrieved);

    public void Compressed(ItemOutcome outcome)
    {
        Interlocked.Increment(ref _texts);
        if (outcome.Form != ItemForm.Unchanged) Interlocked.Increment(ref _smaller);
        Interlocked.Add(ref _tokensBefore, outcome.TokensBefore);
        Interlocked.Add(ref _tokensAfter, outcome.TokensAfter);
    }

    public void Retrieved(int tokens)
    {
        Interlocked.Increment(ref _retrievals);
        Interlocked.Add(ref _tokensRetrieved, tokens);
    }
}
