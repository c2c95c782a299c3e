using System.Text;

namespace Headroom.Cli.Input;

/// <summary>An input as bytes and, where it is text, as text.</summary>
/// <param name="Name">The file's name, or <c>stdin</c>.</param>
/// <param name="Bytes">Every byte of it.</param>
/// <param name="Text">The text, a byte order mark included; <see langword="null"/> where the bytes are not valid UTF-8.</param>
internal sealed record InputText(string Name, byte[] Bytes, string? Text)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file, or stdin for <c>-</c>.</summary>
    /// <exception cref="CliException">It cannot be read.</exception>
    public static InputText Read(string path) => Of(path == "-" ? "stdin" : path, ReadBytes(path));

    /// <summary>Reads all bytes of a file, or of stdin for <c>-</c>.</summary>
    /// <exception cref="CliException">It cannot be read.</exception>
    public static byte[] ReadBytes(string path)
    {
        if (path == "-")
        {
            using Stream input = StandardInput.Open();
            using var all = new MemoryStream();
            input.CopyTo(all, 256 * 1024);
            return all.ToArray();
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"cannot read {path}: {Why(path, e)}. Check the path, or pipe the text on stdin.", ExitCodes.CannotRead);
        }
    }

    /// <summary>Bytes that are already here, as an input.</summary>
    public static InputText Of(string name, byte[] bytes)
    {
        try
        {
            return new InputText(name, bytes, StrictUtf8.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            return new InputText(name, bytes, null);
        }
    }

    private static string Why(string path, Exception failure) => failure switch
    {
        _ when Directory.Exists(path) => "it is a folder",
        FileNotFoundException or DirectoryNotFoundException => "no such file",
        UnauthorizedAccessException => "permission denied",
        _ => failure.Message.TrimEnd('.'),
    };
}
