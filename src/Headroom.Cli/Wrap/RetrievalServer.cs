using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Headroom.Cli.Wrap;

/// <summary>The MCP server that brings originals back: the command line an agent starts it with.</summary>
internal static class RetrievalServer
{
    /// <summary>Starting takes some tenths of a second, and many times that on a machine that is busy.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const string Greeting =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"headroom wrap","version":"1"}}}""" + "\n";

    /// <summary>Its command line. The store is named, since agents do not hand on every variable to servers.</summary>
    public static IReadOnlyList<string> CommandLine(IReadOnlyList<string> own, CompressionMode mode, string store) =>
        mode == CompressionMode.Balanced ? [.. own, "mcp", "--store", store] : [.. own, "mcp", "--mode", mode.ToString().ToLowerInvariant(), "--store", store];

    /// <summary>Starts it, greets it and lets it end.</summary>
    /// <returns>Why it cannot be used; <see langword="null"/> where it answers.</returns>
    public static async Task<string?> CheckAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        Process? server = null;
        try
        {
            server = Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardInputEncoding = new UTF8Encoding(false),
                StandardOutputEncoding = Encoding.UTF8,
            })!;
            Task<string> talk = server.StandardError.ReadToEndAsync(patience.Token);
            await server.StandardInput.WriteAsync(Greeting.AsMemory(), patience.Token).ConfigureAwait(false);
            await server.StandardInput.FlushAsync(patience.Token).ConfigureAwait(false);
            string? answer = await server.StandardOutput.ReadLineAsync(patience.Token).ConfigureAwait(false);
            server.StandardInput.Close();
            if (answer?.Contains("\"serverInfo\"", StringComparison.Ordinal) == true) return null;
            string said = (await talk.ConfigureAwait(false)).Trim();
            return said.Length == 0 ? "it does not answer" : said.Split('\n')[^1];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "it does not answer";
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return e.Message.TrimEnd('.');
        }
        finally
        {
            End(server);
        }
    }

    private static void End(Process? server)
    {
        if (server is null) return;
        try
        {
            server.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has ended.
        }

        server.Dispose();
    }
}
