using Headroom.Rag;

namespace RagSample;

/// <summary>A vector search inside the process: pieces of documents that overlap, and the cosine between them and a question. No server, no model.</summary>
/// <remarks>Real applications use an embedding model. Here a text is embedded by hashing the beginnings of its words, which finds the same words only.</remarks>
internal sealed class EmbeddedSearch
{
    private const int PieceLength = 1_200, Overlap = 250, Dimensions = 4_096, Stem = 6;

    private readonly List<(RagChunk Chunk, float[] Vector)> _index = [];

    public EmbeddedSearch(string folder)
    {
        foreach (string file in Directory.GetFiles(folder, "*.md").Where(f => Path.GetFileName(f) != "README.md").Order(StringComparer.Ordinal))
        {
            string text = File.ReadAllText(file), name = Path.GetFileNameWithoutExtension(file);
            for (int start = 0; start == 0 || start + Overlap < text.Length; start += PieceLength - Overlap)
            {
                string piece = text.Substring(start, Math.Min(PieceLength, text.Length - start));
                _index.Add((new RagChunk(piece) { Name = name, Link = $"https://ferries.example/handbook/{name}", Id = $"{_index.Count + 1}", Start = start }, Embed(piece)));
            }
        }
    }

    public IReadOnlyList<RagChunk> Find(string question, int count)
    {
        float[] asked = Embed(question);
        return [.. _index.Select(i => i.Chunk with { Score = Cosine(asked, i.Vector) }).OrderByDescending(c => c.Score).Take(count)];
    }

    private static float[] Embed(string text)
    {
        float[] vector = new float[Dimensions];
        foreach (string word in text.ToLowerInvariant().Split([' ', '\n', '.', ',', ';', ':', '?', '#', '\''], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Length > 3))
        {
            uint hash = 2_166_136_261; // FNV-1a
            foreach (char c in word.AsSpan(0, Math.Min(Stem, word.Length))) hash = (hash ^ c) * 16_777_619;
            vector[hash % Dimensions] = 1;
        }

        return vector;
    }

    private static double Cosine(float[] a, float[] b)
    {
        double dot = 0, first = 0, second = 0;
        for (int i = 0; i < a.Length; i++) (dot, first, second) = (dot + a[i] * b[i], first + a[i] * a[i], second + b[i] * b[i]);
        return first * second == 0 ? 0 : dot / Math.Sqrt(first * second);
    }
}
