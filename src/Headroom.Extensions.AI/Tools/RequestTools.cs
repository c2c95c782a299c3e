using Headroom.Retrieval;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.Tools;

/// <summary>What the tools of a request mean for us.</summary>
internal enum RetrievalDeclaration
{
    /// <summary>The request declares no tools: neither do we.</summary>
    None,

    /// <summary>Our tool is to be declared, last.</summary>
    Add,

    /// <summary>Another tool has our tool's name, or a kernel between us and the model would fail on a plain function.</summary>
    Impossible,
}

/// <summary>Reads and rewrites the tools of a request. The caller's options and list are never changed.</summary>
internal static class RequestTools
{
    public static RetrievalDeclaration Declaration(ChatOptions? options, bool invokedInside)
    {
        if (options?.Tools is not { Count: > 0 } tools) return RetrievalDeclaration.None;
        bool impossible = tools.Any(t => string.Equals(t.Name, RetrievalTool.Name, StringComparison.Ordinal)) || (invokedInside && tools.Any(KernelFunctions.IsOne));
        return impossible ? RetrievalDeclaration.Impossible : RetrievalDeclaration.Add;
    }

    /// <summary>A copy of the options with our tool declared last and, where functions run inside, with functions that compress their results.</summary>
    /// <param name="options">The caller's options.</param>
    /// <param name="retrieve">Our tool, or <see langword="null"/> not to declare it.</param>
    /// <param name="results">Compresses results of functions run inside, or <see langword="null"/> where none are.</param>
    public static ChatOptions Rewrite(ChatOptions options, RetrieveFunction? retrieve, ResultCompressor? results)
    {
        ChatOptions copy = options.Clone();
        List<AITool> tools = [.. (options.Tools ?? []).Select(t => Wrap(t, results))];
        if (retrieve is not null) tools.Add(retrieve);
        copy.Tools = tools;
        return copy;
    }

    private static AITool Wrap(AITool tool, ResultCompressor? results) =>
        results is not null && tool is AIFunction function && !KernelFunctions.IsOne(tool) && tool.GetService<CompressingFunction>() is null
            && !string.Equals(tool.Name, RetrievalTool.Name, StringComparison.Ordinal)
            ? new CompressingFunction(function, results)
            : tool;
}
